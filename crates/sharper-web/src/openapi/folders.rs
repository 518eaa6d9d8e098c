//! Folders, the library at a glance, and the bin.
#![expect(dead_code, reason = "these types are never made: their shapes are what is described")]

use serde_json::{Value, json};
use sharper_domain::{BinEntry, BriefNote, Folder, FolderId, ProblemCode};
use utoipa::ToSchema;
use uuid::Uuid;

use super::library::{place, to};
use super::operation::{Operation, delete, get, post, put};
use super::{examples, parameters};

/// A folder to make.
#[derive(ToSchema)]
struct NewFolder {
    /// A line for people.
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    name: String,
    /// The folder above.
    parent_id: Option<FolderId>,
    /// Where nobody signs in it names the user, else it is your own or absent.
    #[schema(max_length = 128, pattern = r##"^[^\x00-\x20!"#$%&'()*,/;<=>?\[\\\]^`{}~\x7F]*$"##)]
    user_id: Option<String>,
}

/// A change of a folder: what is absent stays.
#[derive(ToSchema)]
struct FolderChange {
    /// Another line for people.
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    name: Option<String>,
    /// Another folder above; null takes it to the top.
    parent_id: Option<FolderId>,
    /// Where nobody signs in it names the user, else it is your own or absent.
    #[schema(max_length = 128, pattern = r##"^[^\x00-\x20!"#$%&'()*,/;<=>?\[\\\]^`{}~\x7F]*$"##)]
    user_id: Option<String>,
}

/// Folders.
#[derive(ToSchema)]
struct Folders {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    count: u64,
    /// By name.
    folders: Vec<Folder>,
}

/// A folder.
#[derive(ToSchema)]
struct OneFolder {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    folder: Folder,
}

/// A folder that went into the bin.
#[derive(ToSchema)]
struct FolderDeleted {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    /// For people.
    message: String,
    id: FolderId,
    /// Notes that went with it.
    notes: u64,
    /// Folders in it that went with it.
    folders: u64,
    /// Until when it can be brought back; null: until somebody empties the bin.
    #[schema(format = DateTime)]
    undo_until: Option<String>,
}

/// A folder that came back.
#[derive(ToSchema)]
struct FolderRestored {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    folder: Folder,
    /// Notes that came back with it.
    notes: u64,
    /// Folders in it that came back with it.
    folders: u64,
}

/// A library at a glance.
#[derive(ToSchema)]
struct Library {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    /// All of them, by name.
    folders: Vec<Folder>,
    /// Without their texts, the ones changed last first.
    notes: Vec<BriefNote>,
    /// Whether there are more notes than these.
    more: bool,
}

/// What lies in the bin.
#[derive(ToSchema)]
struct Bin {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    /// How many are told.
    count: u64,
    /// How many there are.
    total: u64,
    /// The last thrown away first.
    entries: Vec<ToldEntry>,
}

/// Something in the bin.
#[derive(ToSchema)]
struct ToldEntry {
    #[serde(flatten)]
    entry: BinEntry,
    /// When it goes for good; null: never by itself.
    #[schema(format = DateTime)]
    undo_until: Option<String>,
}

/// Something is gone for good.
#[derive(ToSchema)]
struct Gone {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    /// For people.
    message: String,
    id: Uuid,
}

/// Everything in the bin is gone for good.
#[derive(ToSchema)]
struct BinEmptied {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    /// For people.
    message: String,
    /// How many entries it had.
    count: u64,
}

const FOLDERS: &str = "Folders";

pub(super) fn operations() -> Vec<Operation> {
    let mut all = of_folders();
    all.extend(of_the_bin());
    all
}

fn one() -> Value {
    json!({"status": "success", "folder": examples::folder()})
}

fn of_folders() -> Vec<Operation> {
    let list = json!({"status": "success", "count": 1, "folders": [examples::folder()]});
    let deleted = json!({"status": "success", "message": "The folder is deleted. It lies in the bin, with all that was in it.",
        "id": examples::FOLDER, "notes": 3, "folders": 1, "undo_until": examples::TIME});
    let restored = json!({"status": "success", "folder": examples::folder(), "notes": 3, "folders": 1});
    let of_one = |operation: Operation| {
        let operation = operation.in_group(FOLDERS).takes(parameters::id("id", "The folder."));
        operation.takes(parameters::user_id()).refuses(&[ProblemCode::NotFound])
    };
    vec![
        get("/api/folders")
            .in_group(FOLDERS)
            .does("List folders", "By name, each with how many notes lie in it.")
            .takes(parameters::user_id())
            .gives::<Folders>(200, "The folders.", list),
        add(),
        of_one(get("/api/folders/{id}")).does("Read a folder", "").gives::<OneFolder>(
            200,
            "The folder.",
            one(),
        ),
        of_one(put("/api/folders/{id}"))
            .does("Rename or move a folder", "What is absent stays.")
            .reads::<FolderChange>(json!({"name": "Biology", "parent_id": null}))
            .gives::<OneFolder>(200, "The folder as it is now.", one())
            .refuses(&[ProblemCode::Conflict, ProblemCode::StorageFull]),
        of_one(delete("/api/folders/{id}"))
            .does("Delete a folder", "Into the bin, with all folders and notes in it.")
            .gives::<FolderDeleted>(200, "It is in the bin.", deleted)
            .leads_to("restore", to("postApiFoldersIdRestore", "$response.body#/id"))
            .refuses(&[ProblemCode::StorageFull]),
        of_one(post("/api/folders/{id}/restore"))
            .does("Restore a folder", "Out of the bin, with exactly what went into it with the folder.")
            .gives::<FolderRestored>(200, "The folder as it is now.", restored)
            .refuses(&[ProblemCode::Conflict, ProblemCode::StorageFull]),
    ]
}

fn add() -> Operation {
    post("/api/folders")
        .in_group(FOLDERS)
        .does("Make a folder", "No two of one name lie side by side, and none more than 12 deep.")
        .takes(parameters::user_id())
        .reads::<NewFolder>(json!({"name": "Biology"}))
        .gives::<OneFolder>(201, "The new folder.", one())
        .with_header("Location", place())
        .leads_to("read", to("getApiFoldersId", "$response.body#/folder/id"))
        .leads_to("change", to("putApiFoldersId", "$response.body#/folder/id"))
        .leads_to("delete", to("deleteApiFoldersId", "$response.body#/folder/id"))
        .refuses(&[ProblemCode::NotFound, ProblemCode::Conflict, ProblemCode::StorageFull])
}

fn of_the_bin() -> Vec<Operation> {
    let tree = json!({"status": "success", "folders": [examples::folder()], "notes": [examples::brief_note()],
        "more": false});
    let bin = json!({"status": "success", "count": 1, "total": 1, "entries": [{"id": examples::NOTE, "kind": "note",
        "title": "Enzymes", "notes": 0, "folders": 0, "deleted_at": examples::TIME, "undo_until": examples::TIME}]});
    let gone = json!({"status": "success", "message": "It is gone for good.", "id": examples::NOTE});
    let of = |operation: Operation| operation.in_group(FOLDERS).takes(parameters::user_id());
    vec![
        of(get("/api/library/tree"))
            .does("The library at a glance", "All folders, and the notes without their texts.")
            .gives::<Library>(200, "The library.", tree),
        of(get("/api/bin"))
            .does("What lies in the bin", "The last thrown away first.")
            .takes(parameters::limit(100))
            .gives::<Bin>(200, "The bin.", bin),
        of(delete("/api/bin"))
            .does("Empty the bin", "All of it, for good.")
            .gives::<BinEmptied>(
                200,
                "It is empty.",
                json!({"status": "success", "message": "The bin is empty.", "count": 2}),
            )
            .refuses(&[ProblemCode::StorageFull]),
        of(delete("/api/bin/{id}"))
            .does("Delete for good", "A note, or a folder with all that was thrown away with it.")
            .takes(parameters::id("id", "What lies in the bin."))
            .gives::<Gone>(200, "It is gone.", gone)
            .refuses(&[ProblemCode::NotFound, ProblemCode::Conflict, ProblemCode::StorageFull]),
    ]
}
