package wscope.cli.decode;

import org.jspecify.annotations.Nullable;
import wscope.cli.option.ReportOptions;
import wscope.cli.process.Stdio;
import wscope.cli.prompt.PastedBytes;
import wscope.input.Found;
import wscope.input.Reading;
import wscope.input.spelling.Guess;
import wscope.input.spelling.InvalidSpelling;
import wscope.input.spelling.Spelling;
import wscope.protocol.Limits;
import wscope.protocol.MixedStreamReader;
import wscope.protocol.deflate.DeflateParameters;
import wscope.report.Detail;
import wscope.report.LiveView;
import wscope.report.Totals;
import wscope.report.text.AwaitedReport;
import wscope.report.text.Screen;
import wscope.report.text.TextReport;

/** A stream that the user pastes piece by piece at a prompt, and its report. */
final class PromptStream {
  private static final String NO_BYTES = "no bytes found; try: 81 05 48 65 6c 6c 6f";

  private final Screen screen;
  private final LiveView view;
  private final @Nullable Spelling spelling;
  private final TextReport report;
  private SenderChoice sender;
  private @Nullable DeflateParameters deflate;
  private Totals totals = new Totals();
  private MixedStreamReader transcript;
  private boolean bothDirectionsNoted;
  private boolean spellingNoted;

  /**
   * Creates an empty stream.
   *
   * @param spelling the spelling of the bytes; null to detect it in each paste
   * @param deflate the negotiated parameters; null to read them from the handshake
   */
  PromptStream(
      Stdio stdio,
      ReportOptions options,
      @Nullable Spelling spelling,
      SenderChoice sender,
      @Nullable DeflateParameters deflate) {
    screen = options.screen(stdio);
    view = LiveView.changeable(options.view());
    this.spelling = spelling;
    this.sender = sender;
    this.deflate = deflate;
    report = new TextReport(screen, view);
    transcript =
        new MixedStreamReader(sender.endpoint(), Limits.NONE, deflate, report.stream(totals));
  }

  /** The screen of the report, and of the prompt's own messages. */
  Screen screen() {
    return screen;
  }

  /**
   * Decodes more of the stream.
   *
   * @throws InvalidSpelling if the text is not bytes; the stream is then unchanged
   */
  void feed(String text) throws InvalidSpelling {
    boolean spelled = spelling != null || isInside() || DecimalHeader.is(text);
    boolean fed = spelled ? feedSpelled(text) : feedFound(text);
    if (!fed) {
      return;
    }
    if (transcript.assumesSenders() && !bothDirectionsNoted) {
      bothDirectionsNoted = true;
      screen.prefix("");
      screen
          .text(
              "note: some frames are masked, some are not; wscope assumes that the client"
                  + " sent")
          .endLine();
      screen
          .text("      the masked ones. If one endpoint sent all, type /sender client or server")
          .endLine();
    }
    if (view.detail() == Detail.NONE) {
      report.verdict(totals);
    }
    AwaitedReport.line(screen, transcript.awaited());
  }

  /** Whether a head or a frame has begun, which the next bytes continue. */
  private boolean isInside() {
    return switch (transcript.awaited().kind()) {
      case START, FRAME, RESPONSE, CLOSE, TCP_END, NOTHING -> false;
      case UNCLEAR, REQUEST_HEAD, CHALLENGE, RESPONSE_HEAD, REST_OF_FRAME, BODY -> true;
    };
  }

  /** Decodes a text in its spelling; it may begin inside of a frame. */
  private boolean feedSpelled(String text) throws InvalidSpelling {
    boolean decimal = spelling == null && !isInside() && DecimalHeader.is(text);
    PastedBytes pasted = PastedBytes.of(text, decimal ? Spelling.DECIMAL : spelling);
    noteOther(pasted.guess());
    if (pasted.pieces().isEmpty()) {
      nothingFound(text, NO_BYTES);
      return false;
    }
    pasted.pieces().forEach(transcript::feed);
    return true;
  }

  /** Decodes what is found in a text. */
  private boolean feedFound(String text) throws InvalidSpelling {
    PastedText pasted = PastedText.of(text);
    Reading reading = pasted.reading();
    if (reading.guess() != null) {
      noteOther(reading.guess());
    }
    if (pasted.found().isEmpty()) {
      boolean doubtful = !reading.doubtful().isEmpty();
      nothingFound(text, doubtful ? ReadingNote.question(reading, "wscope decode ") : NO_BYTES);
      return false;
    }
    screen.prefix("");
    new ReadingNote(screen).show(reading);
    for (Found found : pasted.found()) {
      transcript.feed(found.bytes(), found.sender());
    }
    return true;
  }

  private void nothingFound(String text, String why) {
    if (!text.isBlank()) {
      screen.prefix("");
      screen.text(why).endLine();
    }
  }

  /** Begins a new stream with the current settings. */
  void reset() {
    transcript.close();
    bothDirectionsNoted = false;
    totals = new Totals();
    transcript =
        new MixedStreamReader(sender.endpoint(), Limits.NONE, deflate, report.stream(totals));
    screen.prefix("");
    screen.text("= a new stream, sender ").text(sender.toString());
    if (deflate != null) {
      screen.text(", with").endLine();
      screen.text("  ").text(deflate.toString());
    }
    screen.endLine();
  }

  /**
   * Begins a new stream.
   *
   * @param agreed the negotiated parameters; null to read them from the handshake
   */
  void deflate(@Nullable DeflateParameters agreed) {
    deflate = agreed;
    reset();
  }

  /** Begins a new stream with another sender. */
  void sender(SenderChoice choice) {
    sender = choice;
    reset();
  }

  /** Shows more or less of the same stream. */
  void detail(Detail changed) {
    view.detail(changed);
  }

  /** Releases the memory of the stream. */
  void close() {
    transcript.close();
  }

  /**
   * Shows a note about a second spelling, but only once, because many short pastes fit two
   * spellings.
   */
  private void noteOther(Guess guess) {
    String doubt = guess.doubt();
    if (doubt != null && !spellingNoted) {
      spellingNoted = true;
      screen.prefix("");
      screen.text("note: ").text(doubt);
      Spelling other = guess.other();
      screen.text(other == null ? "" : ": wscope decode --from " + other).endLine();
    }
  }
}
