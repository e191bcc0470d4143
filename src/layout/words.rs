//! The vocabulary of page furniture: single words, each of one or more classes. Words, not phrases, so that outlets
//! that word their buttons differently are met as well.

/// What a word has to do with on pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Class {
    Home,
    Section,
    Share,
    Action,
    Again,
    Tag,
    Ad,
    Font,
    Comment,
    Page,
    Count,
    Role,
    Rights,
    Network,
    Render,
    Credit,
    Edited,
    Month,
    Day,
    Zone,
    Ago,
    Notice,
    Form,
    Prose,
}

impl Class {
    /// Each class with its name in the table of weights and its words.
    pub(super) const ALL: [(Class, &'static str, &'static str); 24] = [
        (
            Class::Home,
            "home",
            "beranda home depan menu daftar login cari search indeks index navigasi akun sitemap register about \
             contact newer older",
        ),
        (
            Class::Section,
            "section",
            "news berita nasional internasional dunia global ekonomi bisnis olahraga sport sports bola sepakbola \
             tekno teknologi sains otomotif lifestyle hiburan seleb selebriti kesehatan pendidikan budaya daerah \
             regional metro metropolitan nusantara politik hukum kriminal peristiwa opini kolom travel wisata \
             kuliner musik film gosip gossip viral hype foto video live tv streaming epaper kanal edisi liputan \
             khusus profil layanan publikasi informasi kontak properti haji religi humaniora tren trending tokoh \
             zodiak kuis megapolitan premium galeri archive arsip privasi kebijakan karier etik kode toko tiket",
        ),
        (
            Class::Share,
            "share",
            "facebook fb twitter x whatsapp wa telegram line email surel pinterest instagram insta ig tiktok \
             threads linkedin youtube share shares tweet bagikan bagi sebarkan salin tautan copy link url pin \
             discord rss google+ messenger tersalin disalin clipboard f t w",
        ),
        (
            Class::Action,
            "action",
            "baca simak lihat tonton saksikan dengarkan dengar scroll gulir geser swipe lanjut lanjutkan \
             melanjutkan klik tekan unduh download install pasang ikuti follow gabung bergabung langganan \
             berlangganan subscribe dapatkan buka masuk simpan cetak print perbesar perkecil tutup close muat \
             putar play mute unmute tulis kirim laporkan balas reply kunjungi temukan cek pilih tampilkan \
             tampilan aktifkan nyalakan jadikan bantu dukung continue loading read skip show see watch listen save \
             usulkan ketuk berikan silakan lewati leave beli vote zoom join batalkan hide pastikan jangan mari \
             nikmati tinggalkan",
        ),
        (
            Class::Again,
            "again",
            "juga terkait lainnya lain selengkapnya populer terpopuler rekomendasi pilihan lewatkan terkini \
             terbaru pula trending sebelumnya berikutnya related popular posts post also bacaan untukmu anda more \
             choice",
        ),
        (Class::Tag, "tag", "tag tags topik topics tagar label kunci hashtag"),
        (
            Class::Ad,
            "ad",
            "iklan advertisement advertisements advertorial sponsor bersponsor sponsored ads ad adv promo \
             promoted konten pariwara resume content",
        ),
        (
            Class::Font,
            "font",
            "a aa aaa t tt font ukuran huruf teks text kecil sedang besar normal in out mode terang gelap",
        ),
        (
            Class::Comment,
            "comment",
            "komentar berkomentar comment comments reaksi rating formulir santun suka like likes balasan \
             tanggapan respons reaksimu perasaanmu bermanfaat sedih marah kaget senang lucu reply",
        ),
        (Class::Page, "page", "halaman page pages selanjutnya next prev previous semua all of isi bawah"),
        (
            Class::Count,
            "count",
            "dibaca dilihat views view kali pembaca pengunjung jumlah hits hit menit mnt min minutes waktu durasi \
             gratis",
        ),
        (
            Class::Role,
            "role",
            "penulis editor reporter redaktur oleh pewarta kontributor wartawan jurnalis laporan penyunting \
             penerjemah pewawancara penyiar red rep redaksi sumber liputan tim koresponden ed ditulis dilaporkan \
             fotografer author by writer humas admin administrator posted biro hubungan masyarakat diterbitkan \
             editing naskah",
        ),
        (
            Class::Rights,
            "rights",
            "copyright hak cipta dilindungi rights right reserved dilarang mengutip menyalin lisensi berlisensi \
             izin milik undang-undang copyrights powered dikelola designed seluruh allright ketentuan privasi \
             disclaimer pedoman siber cc terverifikasi",
        ),
        (
            Class::Network,
            "network",
            "pt network media grup group jaringan bagian part member anggota partner cv kelompok digital pers \
             portal online daring siber",
        ),
        (
            Class::Render,
            "render",
            "render rendering rendered generated dimuat memuat kueri query queries cache cached x-cache hit miss \
             detik seconds second s ms node ttfb load loaded server beban memory mb uptime dirender eksekusi \
             execution",
        ),
        (
            Class::Credit,
            "credit",
            "foto photo dok dokumentasi ilustrasi istimewa ist gambar getty images afp reuters ap antara epa \
             xinhua istock keterangan screengrab shutterstock freepik pexels pixabay unsplash tangkapan layar \
             capture kompas screenshot instagram repro infografis grafis pool handout epa-efe ho dokumen pribadi",
        ),
        (
            Class::Edited,
            "edited",
            "diperbarui diterbitkan terbit update updated published tayang diunggah dipublikasikan publikasi \
             posted rilis dirilis terakhir diubah dibuat tanggal date",
        ),
        (
            Class::Month,
            "month",
            "januari februari maret april mei juni juli agustus september oktober november desember jan feb mar \
             apr jun jul agu agt agst ags sep sept okt nov des january february march may june july august \
             october december aug oct dec pebruari nopember",
        ),
        (
            Class::Day,
            "day",
            "senin selasa rabu kamis jumat jum'at jum’at sabtu minggu ahad monday tuesday wednesday thursday \
             friday saturday sunday sen sel rab kam jum sab min",
        ),
        (Class::Zone, "zone", "wib wita wit gmt utc pukul pkl am pm"),
        (Class::Ago, "ago", "lalu ago yang detik menit jam hari minggu bulan kemarin"),
        (
            Class::Notice,
            "notice",
            "aplikasi app play store newsletter notifikasi channel saluran kanal langsung siaran radio artikel \
             berita audio ai otomatis google news sini link klik ponsel grup community komunitas breaking update \
             bantuan redaksi hubungi tentang kami anda kamu sumber nomor fakta hoaks intinya pengguna penerbit",
        ),
        (
            Class::Form,
            "form",
            "notula notulen notulensi risalah rapat hari tempat peserta hadir pimpinan agenda acara nomor no \
             perihal hal lampiran kepada yth dari tembusan pengumuman maklumat undangan surat telegram siaran \
             bahan bumbu cara resep langkah alamat segera disiarkan telepon telp hp nama jumlah harga jadwal \
             daftar hasil klasemen pemenang peringkat kategori tentang derajat kontak narahubung",
        ),
        (
            Class::Prose,
            "prose",
            "yang itu tersebut telah sudah akan adalah ialah ia dia kami kita mereka saya aku dengan untuk karena \
             bahwa kata ujar menurut sedang masih bisa dapat tidak",
        ),
    ];

    /// How many there are.
    pub(super) const COUNT: usize = Class::ALL.len();
}

/// No word has more bytes.
const LONGEST: usize = 15;

/// Places of the table; a power of two, so that most words that are not in it meet an empty one.
const SLOTS: usize = 2048;
/// No more words are in it.
const MOST: usize = 1024;

/// The words, found without a comparison of strings and built by the compiler, so that nothing is built at the start.
struct Table {
    /// Number of a word plus one; 0 is empty.
    slots: [u16; SLOTS],
    keys: [u128; MOST],
    /// By a word's number: a bit for each of its classes.
    classes: [u32; MOST],
}

static TABLE: Table = table();

#[allow(clippy::indexing_slicing)] // run by the compiler, for which a place outside is an error
const fn table() -> Table {
    let mut table = Table { slots: [0; SLOTS], keys: [0; MOST], classes: [0; MOST] };
    let (mut class, mut count) = (0, 0);
    while class < Class::COUNT {
        let words = Class::ALL[class].2.as_bytes();
        let mut at = 0;
        while at < words.len() {
            let mut bytes = [0; LONGEST + 1];
            let start = at;
            while at < words.len() && words[at] != b' ' {
                bytes[at - start] = words[at];
                at += 1;
            }
            if at > start {
                let key = key(bytes, at - start);
                let mut slot = slot(key);
                while table.slots[slot] > 0 && table.keys[table.slots[slot] as usize - 1] != key {
                    slot = (slot + 1) % SLOTS;
                }
                if table.slots[slot] == 0 {
                    table.keys[count] = key;
                    count += 1;
                    table.slots[slot] = count as u16;
                }
                table.classes[table.slots[slot] as usize - 1] |= 1 << class;
            }
            at += 1;
        }
        class += 1;
    }
    table
}

/// A word and its length as one number.
const fn key(bytes: [u8; LONGEST + 1], length: usize) -> u128 {
    u128::from_le_bytes(bytes) | (length as u128) << (8 * LONGEST)
}

/// Where the search for a word begins.
#[allow(clippy::cast_possible_truncation)] // both halves count
const fn slot(key: u128) -> usize {
    let mixed = (key as u64 ^ ((key >> 64) as u64).rotate_left(29)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed >> (u64::BITS - SLOTS.trailing_zeros())) as usize
}

/// The classes of a word in small letters, as bits.
pub(super) fn classes(word: &str) -> u32 {
    let mut bytes = [0; LONGEST + 1];
    match bytes.get_mut(..word.len()) {
        Some(room) if word.len() <= LONGEST => room.copy_from_slice(word.as_bytes()),
        _ => return 0,
    }
    let key = key(bytes, word.len());
    let mut at = slot(key);
    while let Some(number) = TABLE.slots.get(at).and_then(|&n| usize::from(n).checked_sub(1)) {
        if TABLE.keys.get(number) == Some(&key) {
            return TABLE.classes.get(number).copied().unwrap_or_default();
        }
        at = (at + 1) % SLOTS;
    }
    0
}

/// The classes of a word in letters of any case.
pub(super) fn classes_of_any_case(word: &str) -> u32 {
    let mut bytes = [0; LONGEST];
    let mut length = 0;
    for c in word.chars().flat_map(char::to_lowercase) {
        let Some(room) = bytes.get_mut(length..length + c.len_utf8()) else { return 0 };
        length += c.encode_utf8(room).len();
    }
    bytes.get(..length).and_then(|word| std::str::from_utf8(word).ok()).map_or(0, classes)
}

/// Whether `classes` say more than that the word stands in prose and lists too.
pub(super) fn is_furniture(classes: u32) -> bool {
    classes & !(1 << Class::Prose as u8 | 1 << Class::Form as u8 | 1 << Class::Ago as u8) != 0
}

/// Whether `classes` hold `class`.
pub(super) fn has(classes: u32, class: Class) -> bool {
    classes & (1 << class as u8) != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_with_all_their_classes() {
        for (at, (class, name, words)) in Class::ALL.into_iter().enumerate() {
            assert_eq!(class as usize, at);
            for word in words.split_whitespace() {
                assert!(has(classes(word), class), "{word} is not found as {name}");
                assert!(word.len() <= LONGEST && word == word.to_lowercase(), "{word}");
                let whole = word.chars().all(|c| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-' | '+'));
                assert!(whole, "{word} is never met: lines are cut at its marks");
            }
        }
        for unknown in ["", "kucing", "ÿ", "a\0", "pertanggungjawaban", "dipublikasikannya"] {
            assert_eq!([classes(unknown), classes_of_any_case(unknown)], [0, 0], "{unknown}");
        }
        assert_eq!(classes_of_any_case("JUM’AT"), classes("jum’at"));
        assert_ne!(classes_of_any_case("Oleh"), 0);
    }
}
