"""The HTML page in a real browser: `.ci/browser` installs what is needed and runs this.

usage: page.py ANALYZE    (the binary of the example `analyze`)
With SCREENSHOTS=docs in the environment, the two pictures of the documentation are taken anew.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

HOSTILE = """\
<script>window.hacked = 1</script><img src=x onerror="window.hacked = 2"> & Sergey Lavrov di "Jakarta"
"><svg onload=alert(1)> ' onfocus='window.hacked=3' autofocus x=' NATO</p></main></script><b>tebal</b> &lt;i&gt;
قال سيرغي في Jakarta \u202eatrakaJ\u202c \u2066NATO\u2069 e\u0301 \u0301 👨‍👩‍👧 \x1b[31m \x00 ]]>
""" + "PanjangSekali" * 400 + "\n"

# Contrast of every visible text with what lies behind it, by the formula of WCAG 2.
CONTRAST = """
const parse = text => text.match(/[\\d.]+/g).map(Number);
const light = ([r, g, b]) => [r, g, b].map(c => c / 255)
  .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
  .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
const behind = node => {
  for (let at = node; at; at = at.parentElement) {
    const colour = parse(getComputedStyle(at).backgroundColor);
    if (colour.length === 3 || colour[3] === 1) return colour;
    if (colour[3] !== 0) throw new Error('half transparent: ' + at.outerHTML.slice(0, 80));
  }
  return parse(getComputedStyle(document.body).backgroundColor);
};
const low = [];
let seen = 0;
const check = (node, colour, what) => {
  const [a, b] = [light(parse(colour)), light(behind(node))].sort((x, y) => y - x);
  seen += 1;
  const ratio = (a + 0.05) / (b + 0.05);
  if (ratio < 4.5) low.push(`${ratio.toFixed(2)} ${what} ${node.outerHTML.slice(0, 80)}`);
};
for (const node of document.querySelectorAll('body, body *')) {
  if (['SCRIPT', 'STYLE'].includes(node.tagName) || !node.checkVisibility()) continue;
  const own = [...node.childNodes].some(child => child.nodeType === 3 && child.data.trim());
  if (own) check(node, getComputedStyle(node).color, 'text');
  const after = getComputedStyle(node, '::after');
  if (after.content !== 'none' && after.content !== 'normal') check(node, after.color, 'label');
}
return [seen, low];
"""


def page(folder, name, text):
    """The page of `text`, as a file."""
    source, target = folder / f"{name}.txt", folder / f"{name}.html"
    source.write_bytes(text.encode())
    subprocess.run([ANALYZE, "--format", "html", "--output", target, source], check=True)
    return target.as_uri()


class Page(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="tutur page "))
        article = pathlib.Path(__file__).parents[2] / "examples" / "data" / "berita.txt"
        cls.article = page(cls.folder, "berita", article.read_text(encoding="utf-8"))
        cls.hostile = page(cls.folder, "hostile", HOSTILE)
        options = webdriver.ChromeOptions()
        options.binary_location = shutil.which("chromium")
        profile = f"--user-data-dir={cls.folder / 'profile'}"
        for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", profile):
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        cls.driver = webdriver.Chrome(service=Service(shutil.which("chromedriver")), options=options)
        cls.driver.set_page_load_timeout(60)

    @classmethod
    def tearDownClass(cls):
        cls.driver.quit()
        shutil.rmtree(cls.folder, ignore_errors=True)

    def setUp(self):
        self.screen(1280, 900)
        self.scheme("light")

    def tearDown(self):
        errors = [e["message"] for e in self.driver.get_log("browser") if e["level"] == "SEVERE"]
        self.assertEqual(errors, [])

    def screen(self, width, height, mobile=False, scale=1):
        metrics = {"width": width, "height": height, "deviceScaleFactor": scale, "mobile": mobile}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    def scheme(self, name):
        features = [{"name": "prefers-color-scheme", "value": name}]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})

    def open(self, url):
        self.driver.get("about:blank")
        self.driver.get(url)

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def run_js(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def active(self):
        return self.driver.switch_to.active_element

    def press(self, *keys):
        ActionChains(self.driver).send_keys(*keys).perform()

    def lit(self):
        return sorted(node.get_attribute("id") or node.tag_name for node in self.all(".on"))

    def mentions(self, name):
        chain = self.run_js(
            "return [...document.querySelectorAll('tr[data-chain]')].find(r => r.cells[0].textContent === arguments[0])"
            ".dataset.chain", name)
        return self.all(f"mark[data-chain='{chain}']")

    def test_contents(self):
        self.open(self.article)
        self.assertEqual(self.run_js("return document.querySelector('h1').textContent"),
                         "NATO dan Rusia Buka Lagi Saluran Bicara di Brussels")
        self.assertEqual(self.driver.title, "NATO dan Rusia Buka Lagi Saluran Bicara di Brussels")
        rows = {r.find_element(By.TAG_NAME, "a").text: int(r.find_elements(By.TAG_NAME, "td")[1].text)
                for r in self.all("tr[data-chain]")}
        self.assertEqual(rows["Sergey Lavrov"], 3)
        self.assertEqual(rows["Perserikatan Bangsa-Bangsa"], 3)
        self.assertEqual(sum(rows.values()), len(self.all("mark")))
        self.assertEqual([m.text for m in self.mentions("Sergey Lavrov")], ["Sergey Lavrov", "Sergey Lavrov", "Lavrov"])
        self.assertEqual(self.run_js("return performance.getEntriesByType('resource').length"), 0)
        self.assertEqual(self.one(".w[title='membicarakan → bicara']").text, "membicarakan")
        self.assertTrue(self.one(".s").get_attribute("title").startswith("Kalimat 1,"))

    def test_filter_by_click(self):
        self.open(self.article)
        button = self.one("button[data-kind=PER]")
        colour = ("const mark = document.querySelector('mark[data-kind=' + arguments[0] + ']');"
                  "return getComputedStyle(mark).backgroundColor")
        shown = [self.run_js(colour, kind) for kind in ("PER", "ORG")]
        button.click()
        self.assertEqual(button.get_attribute("aria-pressed"), "false")
        self.assertEqual(self.run_js(colour, "PER"), "rgba(0, 0, 0, 0)")
        self.assertEqual(self.run_js(colour, "ORG"), shown[1])
        self.assertFalse(self.one("tbody[data-kind=PER]").is_displayed())
        self.assertTrue(self.one("tbody[data-kind=ORG]").is_displayed())
        label = "return getComputedStyle(document.querySelector('mark[data-kind=PER]'), '::after').content"
        self.assertEqual(self.run_js(label), "none")
        self.assertIn("Sergey Lavrov", self.one("main").text)
        button.click()
        self.assertEqual([self.run_js(colour, kind) for kind in ("PER", "ORG")], shown)
        self.assertTrue(self.one("tbody[data-kind=PER]").is_displayed())

    def test_keyboard(self):
        self.open(self.article)
        self.press(Keys.TAB)
        self.assertEqual(self.active().get_attribute("class"), "skip")
        self.assertTrue(self.active().location["x"] >= 0)
        kinds = []
        for _ in range(3):
            self.press(Keys.TAB)
            kinds.append(self.active().get_attribute("data-kind"))
            outline = self.run_js("const s = getComputedStyle(document.activeElement);"
                                  "return [s.outlineStyle, parseFloat(s.outlineWidth)]")
            self.assertEqual(outline[0], "solid")
            self.assertGreaterEqual(outline[1], 2)
        self.assertEqual(kinds, ["PER", "ORG", "LOC"])
        location = self.active()
        for key in (Keys.SPACE, Keys.ENTER):
            self.press(key)
            self.assertEqual(location.get_attribute("aria-pressed"), "false")
            self.press(key)
            self.assertEqual(location.get_attribute("aria-pressed"), "true")
        self.press(Keys.TAB)
        self.assertEqual(self.active().get_attribute("id"), "m0")
        # Mentions of a kind that is off are no stops.
        self.one("button[data-kind=LOC]").click()
        self.press(Keys.TAB, Keys.TAB)
        stops = [self.active().get_attribute("data-kind")]
        for _ in range(len(self.all("mark:not(.off)")) - 2):
            self.press(Keys.TAB)
            stops.append(self.active().get_attribute("data-kind"))
        self.assertEqual(set(stops), {"PER", "ORG"})
        self.press(Keys.TAB)
        self.assertEqual(self.active().tag_name, "a")
        # The link at the top leads to the names.
        self.run_js("document.querySelector('.skip').focus()")
        self.press(Keys.ENTER)
        self.assertEqual(self.active().get_attribute("id"), "nama")
        self.press(Keys.TAB)
        self.assertEqual(self.active().text, "Sergey Lavrov")
        self.press(Keys.ENTER)
        self.assertEqual(self.active().get_attribute("id"), self.mentions("Sergey Lavrov")[0].get_attribute("id"))

    def test_chain_lights_up(self):
        self.open(self.article)
        mentions = self.mentions("Sergey Lavrov")
        expected = sorted([m.get_attribute("id") for m in mentions] + ["tr"])
        colour = mentions[2].value_of_css_property("background-color")
        ActionChains(self.driver).move_to_element(mentions[0]).perform()
        self.assertEqual(self.lit(), expected)
        self.assertNotEqual(mentions[2].value_of_css_property("background-color"), colour)
        ActionChains(self.driver).move_to_element(self.one("h2")).perform()
        self.assertEqual(self.lit(), [])
        self.run_js("arguments[0].focus()", mentions[1])
        self.assertEqual(self.lit(), expected)
        self.assertIn("Sergey Lavrov, Orang, ", self.one("#hint").text)
        self.assertIn("disebut 3 kali · Kalimat 9", self.one("#hint").text)
        self.press(Keys.ESCAPE)
        self.assertFalse(self.one("#hint").is_displayed())
        self.run_js("document.activeElement.blur()")
        self.assertEqual(self.lit(), [])
        ActionChains(self.driver).move_to_element(self.one(".s .w")).perform()
        self.assertEqual(self.lit(), [])

    def test_table_leads_to_the_first_mention(self):
        self.screen(390, 700, mobile=True)
        self.open(self.article)
        link = self.driver.find_element(By.LINK_TEXT, "Oana Lungescu")
        link.click()
        first = self.mentions("Oana Lungescu")[0]
        self.assertEqual(self.active(), first)
        top, bottom, filters, height = self.run_js(
            "const box = node => node.getBoundingClientRect(), r = box(arguments[0]);"
            "return [r.top, r.bottom, box(document.querySelector('header')).bottom, innerHeight]", first)
        self.assertTrue(filters <= top < bottom <= height, (filters, top, bottom, height))

    def test_tap_tells_the_stem(self):
        self.screen(390, 844, mobile=True)
        self.open(self.article)
        self.one(".w[title='Perwakilan → wakil']").click()
        self.assertIn("Perwakilan → wakil · Kalimat 7, 15 token", self.one("#hint").text)
        inside = self.run_js("const r = document.getElementById('hint').getBoundingClientRect();"
                             "return r.left >= 0 && r.right <= innerWidth && r.bottom <= innerHeight")
        self.assertTrue(inside)
        self.one("h2").click()
        self.assertFalse(self.one("#hint").is_displayed())

    def test_hostile_text_stays_text(self):
        self.open(self.hostile)
        text = self.run_js("return document.querySelector('main').textContent")
        for part in ("<script>window.hacked = 1</script>", "onerror=\"window.hacked = 2\"", "<b>tebal</b>",
                     "&lt;i&gt;", "]]>"):
            self.assertIn(part, text)
        self.assertNotIn("\x1b", self.driver.page_source)
        self.assertIsNone(self.run_js("return window.hacked ?? null"))
        self.assertEqual(self.all("img, svg, b, i, main script"), [])
        self.assertEqual(len(self.all("script")), 1)
        for mark in self.all("mark"):
            self.run_js("arguments[0].focus()", mark)
        self.assertIsNone(self.run_js("return window.hacked ?? null"))
        # Even a script that got in would not run.
        self.run_js("const s = document.createElement('script'); s.textContent = 'window.hacked = 4';"
                    "document.body.append(s);"
                    "const d = document.createElement('div'); d.innerHTML = '<p onclick=\"window.hacked = 5\">x</p>';"
                    "document.body.append(d); d.firstChild.click();")
        self.assertIsNone(self.run_js("return window.hacked ?? null"))
        blocked = [e for e in self.driver.get_log("browser") if "Content Security Policy" in e["message"]]
        self.assertEqual(len(blocked), 2, blocked)

    def test_fits_a_phone(self):
        for url in (self.article, self.hostile):
            for width in (320, 390):
                self.screen(width, 844, mobile=True)
                self.open(url)
                self.assertLessEqual(self.run_js("return document.documentElement.scrollWidth"), width)
                self.assertGreaterEqual(self.run_js("return parseFloat(getComputedStyle(document.body).fontSize)"), 16)
                for button in self.all("button"):
                    self.assertGreaterEqual(button.size["height"], 40)
        main, names = self.one("main").rect, self.one("section").rect
        self.assertGreaterEqual(names["y"], main["y"] + main["height"])
        self.screen(1280, 900)
        self.open(self.article)
        self.assertGreaterEqual(self.one("section").rect["x"], self.one("main").rect["width"])

    def test_dark_and_light_are_readable(self):
        pages = {}
        for scheme in ("light", "dark"):
            self.scheme(scheme)
            for url in (self.article, self.hostile):
                self.open(url)
                pages[scheme] = self.run_js("return getComputedStyle(document.body).backgroundColor")
                states = [
                    "document.querySelector('mark').focus()",
                    "document.querySelector('.skip').focus()",
                    "document.querySelector('button').click()",
                ]
                for state in states:
                    self.run_js(state)
                    seen, low = self.run_js(CONTRAST)
                    self.assertGreater(seen, 8)
                    self.assertEqual(low, [], f"{scheme}: {state}")
        bright = {name: sum(map(int, colour[4:-1].split(","))) for name, colour in pages.items()}
        self.assertGreater(bright["light"], 700)
        self.assertLess(bright["dark"], 150)

    def test_without_scripts(self):
        self.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
        try:
            self.open(self.article)
            self.driver.find_element(By.LINK_TEXT, "Oana Lungescu").click()
            self.assertTrue(self.driver.current_url.endswith("#m15"))
        finally:
            self.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})

    @unittest.skipUnless("SCREENSHOTS" in os.environ, "pictures are taken with SCREENSHOTS=docs")
    def test_screenshots(self):
        folder = pathlib.Path(os.environ["SCREENSHOTS"])
        self.screen(1180, 820)
        self.open(self.article)
        ActionChains(self.driver).move_to_element(self.mentions("Sergey Lavrov")[1]).perform()
        self.driver.save_screenshot(str(folder / "page-light.png"))
        self.screen(390, 780, mobile=True, scale=1.5)
        self.scheme("dark")
        self.open(self.article)
        self.one(".w[title='Perwakilan → wakil']").click()
        self.driver.save_screenshot(str(folder / "page-dark-phone.png"))


if __name__ == "__main__":
    ANALYZE = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main()
