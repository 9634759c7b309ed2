package wscope.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HtmlTest {
  /** The example of Content Security Policy Level 3, section 2.3.1. */
  @Test
  void hashesAScript() {
    assertEquals(
        "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='",
        Html.hash("alert('Hello, world.');"));
  }

  @Test
  void escapesWhatEndsTextsAndAttributes() {
    assertEquals(
        "&lt;a b=&quot;1&quot; c='2'&gt; &amp;amp; ü", Html.escaped("<a b=\"1\" c='2'> &amp; ü"));
  }
}
