package wscope.cli.decode;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import wscope.input.Find;
import wscope.input.Finder;
import wscope.input.Found;
import wscope.input.Reading;
import wscope.input.spelling.InvalidSpelling;
import wscope.protocol.MixedStreamReader;
import wscope.protocol.event.Event;
import wscope.report.Report;

/** Decodes what a finder finds. Each connection of the text gets a reader of its own. */
final class FoundInput {
  private final Finder finder;
  private final Supplier<MixedStreamReader> readers;
  private final Report report;
  private MixedStreamReader reader;
  private final Skipping skipping;
  private int reported;

  /**
   * @param readers makes the reader of the next connection
   * @param report receives the finds, before their frames
   * @param skipping leaves out the first bytes
   */
  FoundInput(Finder finder, Supplier<MixedStreamReader> readers, Report report, Skipping skipping) {
    this.skipping = skipping;
    this.finder = finder;
    this.readers = readers;
    this.report = report;
    reader = readers.get();
  }

  /** The reader of the current connection. */
  MixedStreamReader reader() {
    return reader;
  }

  /** Whether the text is nothing but bytes, as far as it was read. */
  boolean isBare() {
    return finder.reading().isBare();
  }

  /** The next bytes of the text; null at its end. */
  @Nullable Found next() throws IOException, InvalidSpelling {
    return finder.next();
  }

  /** Decodes some bytes, and writes the report of them. */
  void decode(Found found) {
    reportFinds();
    if (found.begins()) {
      reader.end();
      reader = readers.get();
    }
    reader.feed(skipping.of(found.bytes()), found.sender());
    report.flush();
  }

  /** Ends the input. */
  Reading end() {
    reportFinds();
    reader.end();
    Reading reading = finder.reading();
    if (reading.lost() > 0) {
      report.event(new Event.BytesLost(reading.lost()));
    }
    if (reading.passedOver() > 0) {
      report.event(new Event.LinesSkipped(reading.passedOver(), reading.firstPassedOver()));
    }
    report.flush();
    return reading;
  }

  private void reportFinds() {
    List<Find> finds = finder.reading().finds();
    for (; reported < finds.size(); reported++) {
      Find find = finds.get(reported);
      if (find.whole()) {
        continue;
      }
      report.event(
          new Event.Find(
              find.kind().name().toLowerCase(Locale.ROOT),
              find.form(),
              find.firstLine(),
              find.firstColumn(),
              find.lastLine(),
              find.lastColumn(),
              find.bytes()));
    }
  }
}
