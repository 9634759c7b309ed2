package wscope.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import wscope.protocol.frame.Opcode;
import wscope.protocol.handshake.ReasonPhrases;
import wscope.protocol.message.CloseCode;

/** The resource files: enough texts, each found as itself, and codes named as the protocol does. */
class CatalogueTest {
  private static final Explainer EXPLAINER = new Explainer();
  private static final List<Entry> ENTRIES = EXPLAINER.entries();

  @Test
  void hasEnoughTextsOfEnoughProducts() {
    Set<String> products = new TreeSet<>();
    Set<String> texts = new TreeSet<>();
    for (Entry entry : ENTRIES) {
      for (ErrorText text : entry.texts()) {
        texts.add(text.text());
        products.addAll(text.products());
      }
    }
    assertTrue(texts.size() >= 80, texts::toString);
    assertTrue(products.size() >= 12, products::toString);
  }

  @Test
  void noTwoTextsAreTheSame() {
    Map<String, String> seen = new HashMap<>();
    List<String> same = new ArrayList<>();
    for (Entry entry : ENTRIES) {
      for (ErrorText text : entry.texts()) {
        String other = seen.put(text.pattern().key(), text.text());
        if (other != null) {
          same.add(text.text() + " / " + other);
        }
      }
    }
    assertEquals(List.of(), same);
  }

  /** Each text finds its own problem, first, whatever surrounds it and however it is quoted. */
  @Test
  void everyTextIsFoundWholeAndWithNoise() {
    List<String> wrong = new ArrayList<>();
    for (Entry entry : ENTRIES) {
      for (ErrorText text : entry.texts()) {
        String sample = sample(text.text());
        for (String noisy : noisy(sample)) {
          List<Found> found = EXPLAINER.explain(noisy);
          boolean right =
              !found.isEmpty()
                  && found.get(0) instanceof Found.OfEntry first
                  && first.entry().equals(entry);
          if (!right) {
            wrong.add(noisy + " -> " + (found.isEmpty() ? "nothing" : found.get(0)));
          }
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  /** A text with typical values in place of its placeholders. */
  static String sample(String text) {
    return text.replace("{status}", "403")
        .replace("{close}", "4001")
        .replace("{opcode}", "5")
        .replace("{n}", "104")
        .replace("{text}", "ws://localhost:8080/chat?a=b");
  }

  private static List<String> noisy(String text) {
    return List.of(
        text,
        text.toUpperCase(Locale.ROOT),
        "  " + text + ".\n",
        "2026-11-28T22:05:22.123Z [error] 31#31: *7 " + text + ", client: 127.0.0.1",
        "Uncaught (in promise) DOMException: " + text + "\n    at main.js:12:34\n    at async f",
        "\u001b[31m" + text + "\u001b[0m",
        "app.js:17 “" + text.replace('\'', '’').replace('"', '”') + "”",
        "something else first\n" + text.replace(" ", "\n") + "\nand after it");
  }

  @Test
  void everyCodeIsExplained() {
    for (int code = 0; code <= 0xffff; code++) {
      assertNotNull(heading("close code " + code), "close code " + code);
    }
    for (int status = 100; status <= 599; status++) {
      assertTrue(heading("HTTP " + status).startsWith("HTTP status " + status), "" + status);
    }
    assertEquals(
        IntStream.range(0, 16)
            .mapToObj(code -> "opcode 0x" + Integer.toHexString(code) + "  " + label(code))
            .toList(),
        IntStream.range(0, 16).mapToObj(code -> heading("opcode " + code)).toList());
  }

  private static String label(int opcode) {
    return Opcode.of(opcode).label();
  }

  private static String heading(String question) {
    List<Found> found = EXPLAINER.explain(question);
    return ((Found.OfEntry) found.get(0)).heading();
  }

  @Test
  void codesHaveTheNamesOfTheProtocol() {
    for (Entry entry : ENTRIES) {
      boolean isRange = entry.name().contains("-");
      if (entry.kind() == Kind.CLOSE_CODE && !entry.name().startsWith("30")) {
        int first = Words.number(entry.name().replaceFirst("-.*", ""));
        assertEquals(CloseCode.label(first), entry.title());
      } else if (entry.kind() == Kind.STATUS && !isRange && !entry.name().startsWith("52")) {
        assertEquals(ReasonPhrases.of(Words.number(entry.name())), entry.title());
      }
    }
  }

  @Test
  void sharedCommandsAreUsed() {
    Set<NextCommand> used = new HashSet<>();
    ENTRIES.forEach(entry -> used.addAll(entry.next()));
    Map<String, NextCommand> shared = new HashMap<>(Catalogue.commands());
    shared.values().removeAll(used);
    assertEquals(Map.of(), shared);
  }
}
