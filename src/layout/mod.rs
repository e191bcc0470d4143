//! Which lines of a scraped page are headline, dateline, caption or furniture.
