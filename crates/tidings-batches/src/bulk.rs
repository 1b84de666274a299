//! Files of any size into a folder of Parquet, in pieces that outlive a power cut.
//!
//! Articles are coded in the order of the inputs and kept in pieces of [`PIECE`] articles (`piece`): a folder that
//! appears, complete and synced, under its number. A run that is killed loses what was begun and not kept; the next one
//! goes on at the article behind the last piece. When all are coded, the pieces are merged by day of publication
//! (`merge`), one file open at a time, and cut into pages anew, so that where the pieces ended cannot be seen in the
//! bytes. Last comes the manifest ([`Manifest`]); until it is there, everything lies in `.tidings` and in no other place.

mod folder;
mod manifest;
mod merge;
mod parquet;
mod piece;
mod plan;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tidings::Engine;
use tidings_readers::{Item, PassedOver, Place, ReadOptions, items};

use crate::coded::{Article, Coded, Failure};
use crate::error::{Error, Result};
use crate::pipeline::{self, in_order};
use crate::rows::Subject;
use folder::{Folder, State};
pub use manifest::{Manifest, Output};
use piece::Piece;
use plan::Changed;
pub use plan::{InputFile, OwnFile, Plan, Settings};

/// So many articles are coded before they are written: about half a minute of one core, and 10 MB of memory.
pub const PIECE: usize = 512;

/// The tables that a run gives.
const WANTED: [Subject; 4] = [Subject::Events, Subject::Documents, Subject::Quotes, Subject::Commitments];

/// A run of bulk coding.
pub struct Bulk {
    engine: Arc<Engine>,
    settings: Settings,
    plan: Plan,
    changed: Changed,
    folder: PathBuf,
    piece: usize,
    passed_over: PassedOver,
}

/// How far a run is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Articles that were read, those of an earlier run among them.
    pub documents: u64,
    /// Bytes of the inputs that were read, packed as they are there.
    pub bytes: u64,
    /// Bytes of all inputs.
    pub of: u64,
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Everything is there.
    Complete(Box<Manifest>),
    /// It was there already: same inputs, same options.
    There(Box<Manifest>),
    /// It was stopped; so many articles are kept.
    Stopped(u64),
}

impl Bulk {
    /// What would be done: finds the inputs and reads each once for its hash.
    pub fn new(engine: Arc<Engine>, settings: Settings, folder: &Path) -> Result<Self> {
        let (plan, changed) = Plan::new(&engine, &settings)?;
        Ok(Self {
            engine,
            settings,
            plan,
            changed,
            folder: folder.to_owned(),
            piece: PIECE,
            passed_over: PassedOver::default(),
        })
    }

    /// Keeps what is done every so many articles instead of every [`PIECE`]; what comes out is the same.
    #[must_use]
    pub fn keeping_every(mut self, articles: usize) -> Self {
        self.piece = articles.max(1);
        self
    }

    /// What this run left out, such as pages of an archive that are no HTML.
    pub fn passed_over(&self) -> &PassedOver {
        &self.passed_over
    }

    /// By what it codes.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Does it. With `resume` it goes on with a run that was stopped, if that one had the same plan.
    ///
    /// `stop` is asked all the time; `watch` hears of every article.
    pub fn run(
        &self,
        jobs: usize,
        resume: bool,
        stop: impl Fn() -> bool + Sync,
        mut watch: impl FnMut(Progress),
    ) -> Result<Outcome> {
        let mut folder = match Folder::open(&self.folder, &self.plan, resume)? {
            State::Complete(manifest) => return Ok(Outcome::There(manifest)),
            State::Open(folder) => folder,
        };
        if !folder.is_coded() && !self.code(&mut folder, jobs, &stop, &mut watch)? {
            return Ok(Outcome::Stopped(folder.documents()));
        }
        self.plan.unchanged(&self.changed)?;
        let manifest = Manifest::new(self.plan.clone(), &folder.pieces, merge::merge(&folder)?);
        folder.finish(&manifest)?;
        Ok(Outcome::Complete(Box::new(manifest)))
    }

    /// Codes what is not kept yet; whether that was all.
    fn code(
        &self,
        folder: &mut Folder,
        jobs: usize,
        stop: &(impl Fn() -> bool + Sync),
        watch: &mut impl FnMut(Progress),
    ) -> Result<bool> {
        let options = ReadOptions { passed_over: self.passed_over.clone(), ..self.settings.read_options()? };
        let mut items = items(self.settings.paths.clone(), options.clone());
        if let Some(place) = folder.next() {
            items = items.starting_at(&place).map_err(|e| Error::told(e.what, e.hint))?;
        }
        let before = self.plan.bytes_before();
        let mut progress = Progress { documents: folder.documents(), bytes: 0, of: self.plan.bytes() };
        let mut piece = Piece::default();
        let ended = in_order(
            items,
            jobs,
            stop,
            |item| self.article(item, &options),
            |done: Result<(Place, u64, Coded)>| {
                let (place, bytes, coded) = done?;
                progress.documents += 1;
                progress.bytes = before.get(&place.input).copied().unwrap_or(0) + bytes;
                piece.add(coded, place)?;
                if piece.documents() >= self.piece {
                    folder.keep(std::mem::take(&mut piece), false)?;
                }
                watch(progress);
                Ok::<_, Error>(())
            },
        )?;
        let complete = ended == pipeline::Ended::Complete;
        if complete || piece.documents() > 0 {
            folder.keep(piece, complete)?;
        }
        Ok(complete)
    }

    fn article(&self, item: Item, options: &ReadOptions) -> Result<(Place, u64, Coded)> {
        let (place, bytes) = (item.place.clone(), item.bytes);
        let document = item.read(options).map_err(|e| Failure::of(&e.to_string()));
        let article = Article { place: Some(place.clone()), document };
        Ok((place, bytes, Coded::new(&self.engine, &article, &WANTED)?))
    }
}

/// What comes before each input, in bytes.
type Before = BTreeMap<String, u64>;
