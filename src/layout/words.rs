//! The vocabulary of page furniture: single words, each of one or more classes. Words, not phrases, so that outlets
//! that word their buttons differently are met as well.

use std::sync::LazyLock;

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
const LONGEST: usize = 16;

/// Words in order, with a bit for each of their classes.
static WORDS: LazyLock<Vec<(&'static str, u32)>> = LazyLock::new(|| {
    let each = |&(class, _, words): &(Class, &'static str, &'static str)| {
        words.split_whitespace().map(move |w| (w, 1u32 << class as u8))
    };
    let mut all: Vec<(&str, u32)> = Class::ALL.iter().flat_map(each).collect();
    all.sort_unstable();
    all.dedup_by(|later, kept| {
        let same = later.0 == kept.0;
        if same {
            kept.1 |= later.1;
        }
        same
    });
    all
});

/// Where the words begin that begin with each byte, so that a look-up compares few of them.
static STARTS: LazyLock<[usize; 257]> = LazyLock::new(|| {
    std::array::from_fn(|b| WORDS.partition_point(|(w, _)| usize::from(w.as_bytes()[0]) < b))
});

/// The classes of a word in small letters, as bits.
pub(super) fn classes(word: &str) -> u32 {
    let Some(&first) = word.as_bytes().first() else { return 0 };
    if word.len() > LONGEST {
        return 0;
    }
    // The starts are in order and end with the number of words.
    let some = &WORDS[STARTS[usize::from(first)]..STARTS[usize::from(first) + 1]];
    some.binary_search_by(|(known, _)| (*known).cmp(word)).map_or(0, |at| some[at].1)
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
        assert_eq!([classes(""), classes("kucing"), classes("ÿ")], [0, 0, 0]);
    }
}
