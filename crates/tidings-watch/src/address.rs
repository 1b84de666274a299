//! Which addresses are of the public internet?

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::LazyLock;

/// A prefix as a number of 128 bits, how many of them count, and what it is.
struct Special {
    is_v4: bool,
    prefix: u128,
    bits: u32,
    what: &'static str,
}

static SPECIAL: LazyLock<Vec<Special>> = LazyLock::new(|| {
    let rows = include_str!("../../../data/watch/special_addresses.tsv").lines();
    rows.filter(|row| !row.starts_with('#')).filter_map(special).collect()
});

fn special(row: &'static str) -> Option<Special> {
    let (prefix, what) = row.split_once('\t')?;
    let (address, bits) = prefix.split_once('/')?;
    let address: IpAddr = address.parse().ok()?;
    Some(Special { is_v4: address.is_ipv4(), prefix: number(address), bits: bits.parse().ok()?, what })
}

/// An address as a number whose highest bits are its prefix.
fn number(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(v4) => u128::from(v4.to_bits()) << 96,
        IpAddr::V6(v6) => v6.to_bits(),
    }
}

/// What an address is if it is not of the public internet.
pub(crate) fn special_use(address: IpAddr) -> Option<&'static str> {
    let address = inner(address);
    let same =
        |s: &&Special| s.is_v4 == address.is_ipv4() && (number(address) ^ s.prefix).leading_zeros() >= s.bits;
    SPECIAL.iter().find(same).map(|s| s.what)
}

/// The address of IPv4 in one of IPv6: mapped, or translated by a gateway.
fn inner(address: IpAddr) -> IpAddr {
    let IpAddr::V6(v6) = address else { return address };
    let low = |v6: Ipv6Addr| IpAddr::V4(Ipv4Addr::from_bits((v6.to_bits() & 0xFFFF_FFFF) as u32));
    match v6.segments() {
        [0, 0, 0, 0, 0, 0xFFFF, _, _] | [0x64, 0xFF9B, 0, 0, 0, 0, _, _] => low(v6),
        _ => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_special(address: &str) -> bool {
        special_use(address.parse().expect("an address")).is_some()
    }

    #[test]
    fn every_row_of_the_table_is_a_prefix_in_its_shortest_form() {
        let rows =
            include_str!("../../../data/watch/special_addresses.tsv").lines().filter(|r| !r.starts_with('#'));
        assert_eq!(SPECIAL.len(), rows.count());
        for special in SPECIAL.iter() {
            assert!(
                special.prefix.trailing_zeros() >= 128 - special.bits || special.prefix == 0,
                "{}",
                special.what
            );
        }
    }

    #[test]
    fn addresses_that_are_not_public_are_known_in_every_form() {
        for address in [
            "127.0.0.1",
            "127.255.255.254",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::127.0.0.1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "64:ff9b::10.0.0.1",
            "fe80::1",
            "fd00::1",
            "ff02::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "2001::1",
        ] {
            assert!(is_special(address), "{address}");
        }
    }

    #[test]
    fn public_addresses_are_public() {
        for address in [
            "1.1.1.1",
            "8.8.8.8",
            "172.15.0.1",
            "172.32.0.1",
            "192.169.0.1",
            "11.0.0.1",
            "126.255.255.255",
            "128.0.0.1",
            "223.255.255.255",
            "2606:4700:4700::1111",
            "2a00:1450::1",
            "::ffff:8.8.8.8",
            "64:ff9b::8.8.8.8",
        ] {
            assert!(!is_special(address), "{address}");
        }
    }
}
