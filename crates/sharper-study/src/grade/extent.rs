//! What stands beside the wanted words: a longer term that they are a part of, or other answers to choose from.

use super::matching::{content, matched};
use super::segments::{Joint, is_hedge};
use super::short::{Asked, Said, TERM};
use super::words::{Kind, Piece};

/// Whether the wanted term stands in a bare answer as a part of a longer one that neither the quote nor the question says:
/// "cell wall" where the cell is asked for.
pub(super) fn is_part_of_longer(
    asked: &Asked<'_>,
    said: &Said<'_>,
    wanted: &Said<'_>,
    places: &[usize],
) -> bool {
    let (Some(&first), Some(&last)) = (places.iter().min(), places.iter().max()) else { return false };
    let matter = said.pieces.iter().filter(|piece| piece.matters() && !is_hedge(piece)).count();
    if matter > places.len() + 2 || said.pieces[first].kind != Kind::Word {
        return false;
    }
    let beside = [first.checked_sub(1), Some(last + 1)];
    beside.into_iter().flatten().filter_map(|at| said.pieces.get(at)).any(|piece| {
        piece.kind == Kind::Word
            && piece.matters()
            && !is_hedge(piece)
            && !is_known(asked, piece)
            && !is_wanted(wanted, piece)
    })
}

/// Whether other answers are offered beside the wanted one: after "or" whatever it is that is no form of the answer; in a
/// list what is short and stands neither in the quote nor in the question.
pub(super) fn guesses(
    asked: &Asked<'_>,
    said: &Said<'_>,
    wanted: &Said<'_>,
    places: &[usize],
    size: usize,
    forms: &[String],
) -> bool {
    let own = |at: usize| places.contains(&at);
    let first_is_or =
        said.segments.iter().any(|segment| segment.joint == Joint::Or && segment.range.clone().any(own));
    said.segments.iter().enumerate().any(|(order, segment)| {
        if segment.denied || segment.dismissed || segment.range.clone().any(own) {
            return false;
        }
        let matter: Vec<&Piece> = said.pieces[segment.range.clone()]
            .iter()
            .filter(|piece| piece.matters() && !is_hedge(piece) && !is_wanted(wanted, piece))
            .collect();
        if matter.is_empty() || is_form(asked, said, &segment.range, forms) {
            return false;
        }
        let chosen = segment.joint == Joint::Or || order == 0 && first_is_or;
        let listed =
            !asked.listed && size <= TERM && matter.len() <= 2 && next_joint(said, order) == Joint::Listed;
        chosen || listed && !matter.iter().any(|piece| is_known(asked, piece))
    })
}

/// What joins a segment to its neighbour: for the first, what joins the second to it.
fn next_joint(said: &Said<'_>, order: usize) -> Joint {
    let at = if order == 0 { 1 } else { order };
    said.segments.get(at).map_or(Joint::Apart, |segment| segment.joint)
}

/// Whether a stretch of the answer says one of the forms and no more.
fn is_form(asked: &Asked<'_>, said: &Said<'_>, range: &std::ops::Range<usize>, forms: &[String]) -> bool {
    let (Some(first), Some(last)) = (said.pieces.get(range.start), said.pieces.get(range.end - 1)) else {
        return false;
    };
    let stretch = Said::read(&said.text[first.span.start..last.span.end], asked.alike.language);
    let matter = stretch.pieces.iter().filter(|piece| piece.matters() && !is_hedge(piece)).count();
    forms.iter().any(|form| {
        let form = Said::read(form, asked.alike.language);
        let wanted = content(&form);
        let found = matched(asked, &stretch, &wanted);
        !wanted.is_empty() && found.iter().all(Option::is_some) && matter <= wanted.len()
    })
}

fn is_wanted(wanted: &Said<'_>, piece: &Piece) -> bool {
    wanted.pieces.iter().any(|known| known.stem == piece.stem)
}

fn is_known(asked: &Asked<'_>, piece: &Piece) -> bool {
    asked.gives(piece) || asked.quote.iter().any(|known| known.stem == piece.stem)
}
