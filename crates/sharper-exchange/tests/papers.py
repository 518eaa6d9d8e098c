"""Reads papers back with the parsers of Python's own library: `papers.py gift|moodle|qti FILE` prints what is asked as JSON."""

import json
import re
import sys
import zipfile
from html.parser import HTMLParser
from xml.etree import ElementTree


class Words(HTMLParser):
    def __init__(self):
        super().__init__()
        self.out = []

    def handle_data(self, data):
        self.out.append(data)


def words(html):
    parser = Words()
    parser.feed(html)
    parser.close()
    return "".join(parser.out)


def gift(text):
    """As Moodle's own importer does it: signs behind a backslash are put aside first, blank lines part questions."""
    aside = text.replace("\\\\", "\x01")
    for index, sign in enumerate(":#={}~"):
        aside = aside.replace("\\" + sign, chr(0x10 + index))
    aside = aside.replace("\\n", "\x02")

    def back(part):
        for index, sign in enumerate(":#={}~"):
            part = part.replace(chr(0x10 + index), sign)
        return part.replace("\x02", "\n").replace("\x01", "\\").strip()

    out = []
    for block in re.split(r"\n\s*\n", aside):
        if not block.strip() or block.startswith("$CATEGORY: "):
            continue
        name, asked, inside, rest = re.fullmatch(r"::(.*?)::\[html\](.*?)\{(.*)\}(.*)", block, re.S).groups()
        assert not rest.strip(), rest
        answers, _, feedback = inside.partition("####")
        if answers in ("TRUE", "FALSE"):
            given = [["=", answers]]
        else:
            given = [[sign, words(back(answer))] for sign, answer in re.findall(r"([=~])([^=~]*)", answers)]
        out.append({"question": words(back(asked)), "answers": given, "feedback": words(back(feedback))})
    return out


def moodle(data):
    out = []
    for question in ElementTree.fromstring(data):
        assert question.tag == "question"
        if question.get("type") == "category":
            continue
        text = lambda path: words(question.findtext(path) or "")
        out.append(
            {
                "type": question.get("type"),
                "question": text("questiontext/text"),
                "points": question.findtext("defaultgrade"),
                "answers": [[answer.get("fraction"), words(answer.findtext("text"))] for answer in question.findall("answer")],
                "grader": text("graderinfo/text"),
            }
        )
    return out


QTI = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"
CP = "{http://www.imsglobal.org/xsd/imscp_v1p1}"


def qti(path):
    package = zipfile.ZipFile(path)
    assert package.testzip() is None
    manifest = ElementTree.fromstring(package.read("imsmanifest.xml"))
    resources = {r.get("identifier"): r for r in manifest.iter(CP + "resource")}
    for resource in resources.values():
        assert resource.get("href") in package.namelist()
        for file in resource.iter(CP + "file"):
            assert file.get("href") in package.namelist()
        for need in resource.iter(CP + "dependency"):
            assert need.get("identifierref") in resources
    test = ElementTree.fromstring(package.read("test.xml"))
    out = {"sections": [], "time": None}
    limits = test.find(QTI + "timeLimits")
    out["time"] = limits is not None and limits.get("maxTime")
    for section in test.iter(QTI + "assessmentSection"):
        items = []
        for ref in section.findall(QTI + "assessmentItemRef"):
            item = ElementTree.fromstring(package.read(ref.get("href")))
            assert item.get("identifier") == ref.get("identifier")
            order = [child.tag.removeprefix(QTI) for child in item]
            wanted = ["responseDeclaration", "outcomeDeclaration", "itemBody", "responseProcessing", "modalFeedback"]
            assert [wanted.index(tag) for tag in order] == sorted(wanted.index(tag) for tag in order), order
            body = item.find(QTI + "itemBody")
            interaction = next(child for child in body.iter() if child.tag.endswith("Interaction"))
            declared = item.find(QTI + "responseDeclaration")
            assert interaction.get("responseIdentifier") == declared.get("identifier")
            items.append(
                {
                    "kind": interaction.tag.removeprefix(QTI),
                    "text": "".join(body.itertext()),
                    "choices": {c.get("identifier"): "".join(c.itertext()) for c in body.iter(QTI + "simpleChoice")},
                    "right": [v.text for v in declared.iter(QTI + "value")],
                    "ways": {e.get("mapKey"): e.get("mappedValue") for e in declared.iter(QTI + "mapEntry")},
                    "scorer": ["".join(r.itertext()) for r in body.iter(QTI + "rubricBlock")],
                }
            )
        out["sections"].append({"title": section.get("title"), "items": items})
    return out


form, path = sys.argv[1:]
if form == "qti":
    out = qti(path)
elif form == "moodle":
    out = moodle(open(path, "rb").read())
else:
    out = gift(open(path, encoding="utf-8").read())
json.dump(out, sys.stdout)
