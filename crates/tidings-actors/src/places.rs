//! Towns and regions with their country.

use tidings_places::Gazetteer;

/// Name and country code of the best known place of that name; small towns are known by too many other words.
pub(crate) fn find(name: &str) -> Option<(&'static str, &'static str)> {
    let entry = Gazetteer::embedded().best_known(name, TOWN)?;
    Some((entry.name(), entry.country_code()?))
}

/// Inhabitants of a town that is named without more.
const TOWN: f64 = 15_000.0;

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn towns_are_found_whatever_their_accents() {
        assert_eq!(find("Abeche"), Some(("Abéché", "TCD")));
        assert_eq!(find("goma"), Some(("Goma", "COD")));
        assert_eq!(find("Zywiec"), Some(("Żywiec", "POL")));
        assert_eq!(find("Xyzzyville"), None);
    }
}
