//! One tab: goes to addresses, clicks and types as a person does, changes what it pretends to be, takes pictures.

use serde_json::{Value, json};

use crate::chromium::Chromium;
use crate::findings;

/// A tab of a browser of its own.
pub(crate) struct Page {
    chromium: Chromium,
    scripts: bool,
}

/// An element, as an expression of the page's own language.
pub(crate) struct Element(String);

/// A key that writes nothing.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Key {
    Tab = 9,
    Enter = 13,
    Escape = 27,
    Up = 38,
    Down = 40,
}

/// The first element that a CSS selector matches.
pub(crate) fn css(selector: &str) -> Element {
    Element(format!("document.querySelector({})", json!(selector)))
}

/// The first link that shows and leads to a place of the same page, from outside of that place.
pub(crate) fn link_to(id: &str) -> Element {
    let links = format!("[...document.querySelectorAll(\"a[href='#{id}']\")]");
    Element(format!("{links}.find(it => !it.closest('#{id}') && it.checkVisibility())"))
}

impl Page {
    pub(crate) fn open() -> Page {
        let mut page = Page { chromium: Chromium::start(), scripts: true };
        page.renew();
        page
    }

    /// A tab whose pages run no script of their own.
    pub(crate) fn open_without_scripts() -> Page {
        let mut page = Page { chromium: Chromium::start(), scripts: false };
        page.renew();
        page
    }

    /// Goes on in a new tab, and forgets what was heard from the old one.
    pub(crate) fn renew(&mut self) {
        let chromium = &mut self.chromium;
        chromium.session = None;
        let target = chromium.call("Target.createTarget", json!({ "url": "about:blank" }))["targetId"].take();
        let attached = chromium.call("Target.attachToTarget", json!({ "targetId": target, "flatten": true }));
        chromium.session = attached["sessionId"].as_str().map(str::to_owned);
        chromium.events.clear();
        for domain in ["Page", "Runtime", "Log", "Network", "Audits"] {
            chromium.call(&format!("{domain}.enable"), json!({}));
        }
        let off = json!({ "value": !self.scripts });
        chromium.call("Emulation.setScriptExecutionDisabled", off);
        self.size(1280, 800);
    }

    /// Goes to an address and waits until it has loaded.
    pub(crate) fn go(&mut self, address: &str) {
        self.arrive(&format!("the page {address}"), |page| {
            let went = page.chromium.call("Page.navigate", json!({ "url": address }));
            assert!(went["errorText"].is_null(), "could not go to {address}: {}", went["errorText"]);
        });
    }

    /// Clicks a link and waits for where it leads, be it a place on the same page.
    pub(crate) fn follow(&mut self, element: &Element) {
        self.arrive(&format!("where {} leads", element.0), |page| page.click(element));
    }

    /// Goes back as the browser's button does.
    pub(crate) fn back(&mut self) {
        let history = self.chromium.call("Page.getNavigationHistory", json!({}));
        let before =
            history["currentIndex"].as_u64().and_then(|now| now.checked_sub(1)).expect("a page before");
        let before = usize::try_from(before).expect("a short history");
        let entry = json!({ "entryId": history["entries"][before]["id"] });
        self.arrive("the page before", |page| drop(page.chromium.call("Page.navigateToHistoryEntry", entry)));
    }

    fn arrive(&mut self, what: &str, leave: impl FnOnce(&mut Page)) {
        let seen = self.chromium.events.len();
        leave(self);
        let arrived = self.chromium.wait(seen, what, |event| match event["method"].as_str() {
            Some("Page.frameNavigated") => event["params"]["frame"]["parentId"].is_null(),
            Some("Page.navigatedWithinDocument") => true,
            _ => false,
        });
        if arrived["params"]["type"] == "Navigation" {
            self.chromium.wait(seen, what, |event| event["method"] == "Page.loadEventFired");
        }
    }

    /// The value of an expression; a promise is waited for.
    pub(crate) fn evaluate(&mut self, expression: &str) -> Value {
        let parameters = json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        let mut answer = self.chromium.call("Runtime.evaluate", parameters);
        assert!(answer["exceptionDetails"].is_null(), "{expression}\n{}", answer["exceptionDetails"]);
        answer["result"]["value"].take()
    }

    /// The value of an expression that is text.
    pub(crate) fn text(&mut self, expression: &str) -> String {
        let value = self.evaluate(expression);
        value.as_str().unwrap_or_else(|| panic!("`{expression}` is {value}, not text")).to_owned()
    }

    /// Whether an expression holds.
    pub(crate) fn holds(&mut self, expression: &str) -> bool {
        self.evaluate(expression) == json!(true)
    }

    /// Waits until an expression holds: for what scripts do after a key.
    pub(crate) fn wait_until(&mut self, expression: &str) {
        let ask = format!(
            "new Promise(done => {{
                const ask = left => ({expression}) || !left ? done(left > 0) : setTimeout(ask, 20, left - 1);
                ask(500);
            }})"
        );
        assert!(self.holds(&ask), "never came true on {}: {expression}", self.text("location.href"));
    }

    /// Presses and releases the mouse over the first line of an element.
    pub(crate) fn click(&mut self, element: &Element) {
        let middle = format!(
            "(it => {{
                if (!it) return null;
                it.scrollIntoView({{ block: 'center', behavior: 'instant' }});
                const box = it.getClientRects()[0];
                return [box.x + box.width / 2, box.y + box.height / 2];
            }})({})",
            element.0
        );
        let at = self.evaluate(&middle);
        assert!(at.is_array(), "no {} on {}", element.0, self.text("location.href"));
        for kind in ["mousePressed", "mouseReleased"] {
            let press = json!({ "type": kind, "x": at[0], "y": at[1], "button": "left", "clickCount": 1 });
            self.chromium.call("Input.dispatchMouseEvent", press);
        }
    }

    /// Types into what has the focus, key by key.
    pub(crate) fn type_text(&mut self, text: &str) {
        for key in text.chars() {
            let down = json!({ "type": "keyDown", "text": key.to_string(), "key": key.to_string() });
            self.chromium.call("Input.dispatchKeyEvent", down);
            self.chromium.call("Input.dispatchKeyEvent", json!({ "type": "keyUp", "key": key.to_string() }));
        }
    }

    /// Presses and releases a key that writes nothing.
    pub(crate) fn press(&mut self, key: Key) {
        let name = match key {
            Key::Up | Key::Down => format!("Arrow{key:?}"),
            Key::Tab | Key::Enter | Key::Escape => format!("{key:?}"),
        };
        // A form or a link is activated by what the key would write.
        let text = if matches!(key, Key::Enter) { "\r" } else { "" };
        let event = |kind, text| json!({ "type": kind, "key": name, "windowsVirtualKeyCode": key as u8, "text": text });
        self.chromium.call("Input.dispatchKeyEvent", event("keyDown", text));
        self.chromium.call("Input.dispatchKeyEvent", event("keyUp", ""));
    }

    pub(crate) fn size(&mut self, width: u32, height: u32) {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.chromium.call("Emulation.setDeviceMetricsOverride", metrics);
    }

    /// Pretends to be on a `screen` or in `print`, in a `light` or `dark` theme.
    pub(crate) fn media(&mut self, media: &str, theme: &str) {
        let features = json!([{ "name": "prefers-color-scheme", "value": theme }]);
        self.chromium.call("Emulation.setEmulatedMedia", json!({ "media": media, "features": features }));
    }

    /// The whole page as PNG, from the top down in parts of at most so many pixels.
    pub(crate) fn pictures(&mut self, at_most: u64) -> Vec<Vec<u8>> {
        let size = self.chromium.call("Page.getLayoutMetrics", json!({}))["cssContentSize"].take();
        let pixels = |length: &Value| length.as_u64().expect("a page measures whole pixels");
        let (width, height) = (pixels(&size["width"]), pixels(&size["height"]));
        let tops = (0..height.max(1)).step_by(usize::try_from(at_most).expect("a picture is small"));
        tops.map(|top| self.picture(top, width, at_most.min(height - top))).collect()
    }

    fn picture(&mut self, top: u64, width: u64, height: u64) -> Vec<u8> {
        let clip = json!({ "x": 0, "y": top, "width": width, "height": height, "scale": 1 });
        let parameters = json!({ "format": "png", "captureBeyondViewport": true, "clip": clip });
        let answer = self.chromium.call("Page.captureScreenshot", parameters);
        from_base64(answer["data"].as_str().expect("a picture is sent as text"))
    }

    /// The page on paper, as PDF.
    pub(crate) fn paper(&mut self) -> Vec<u8> {
        let answer = self.chromium.call("Page.printToPDF", json!({ "preferCSSPageSize": true }));
        from_base64(answer["data"].as_str().expect("a document is sent as text"))
    }

    /// What went wrong since the last question, for a site that begins at `base`.
    pub(crate) fn findings(&mut self, base: &str) -> Vec<String> {
        let events = std::mem::take(&mut self.chromium.events);
        events.iter().filter_map(|event| findings::finding(event, base)).collect()
    }
}

fn from_base64(text: &str) -> Vec<u8> {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    for four in text.trim_end_matches('=').as_bytes().chunks(4) {
        let digit = |byte| ALPHABET.iter().position(|it| *it == byte).expect("base64 has 64 digits");
        let bits = four.iter().fold(0, |bits, byte| bits << 6 | digit(*byte)) << (6 * (4 - four.len()));
        bytes.extend_from_slice(&bits.to_be_bytes()[5..][..four.len() - 1]);
    }
    bytes
}
