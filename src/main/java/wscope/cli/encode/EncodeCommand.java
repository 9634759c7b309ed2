package wscope.cli.encode;

import java.io.IOException;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import wscope.cli.option.Choices;
import wscope.cli.option.Flag;
import wscope.cli.option.OpcodeConverter;
import wscope.cli.option.OptionAdvice;
import wscope.cli.option.OptionSections;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.cli.process.Stdio;
import wscope.protocol.FrameFault;
import wscope.protocol.FrameReader;
import wscope.protocol.Limits;
import wscope.protocol.deflate.BufferPool;
import wscope.protocol.deflate.Compression;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.frame.FrameSerializer;
import wscope.protocol.frame.LengthForm;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.OutgoingMessage;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;
import wscope.report.ByteFormat;
import wscope.report.FrameFormatter;
import wscope.report.Summary;
import wscope.report.text.BrokenRules;
import wscope.report.text.Screen;

/** {@code wscope encode}: builds frames from their fields, including invalid ones on request. */
public final class EncodeCommand implements Callable<Integer>, OptionSections.Sectioned {
  private final Stdio stdio;
  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
  private final OptionSections sections = new OptionSections(spec);
  private final PositionalParamSpec opcode;
  private final PayloadSource payload;
  private final EncodeOptions options;
  private final OptionSpec deflate;
  private final OptionSpec fault;
  private final OptionSpec force;
  private final OptionSpec format;

  public EncodeCommand(Stdio stdio) {
    this.stdio = stdio;
    opcode =
        PositionalParamSpec.builder()
            .paramLabel("OPCODE")
            .index("0")
            .arity("0..1")
            .type(Opcode.class)
            .converters(new OpcodeConverter())
            .completionCandidates(OpcodeConverter.NAMES)
            .description(
                "The opcode: text, binary, continuation, close, ping or pong, or a number from 0"
                    + " to 15 or 0x0 to 0xf.")
            .build();
    fault =
        OptionSpec.builder("--break")
            .paramLabel("RULE-ID")
            .type(FrameFault.class)
            .converters(new FaultConverter())
            .completionCandidates(FaultConverter.ids())
            .description(
                "Alter or add frames to break this rule; frames that already break it are left"
                    + " unchanged. For a rule of RFC 7692, wscope assumes that permessage-deflate"
                    + " was negotiated.")
            .build();
    deflate = Flag.of("--deflate", "Compress the message with permessage-deflate and set RSV1.");
    force =
        Flag.of(
            "--force",
            "Write frames even if they break rules, and raw bytes even to a terminal; exit with"
                + " 0.");
    format =
        Choices.of(ByteFormat.class, OptionSpec.builder("--format"))
            .paramLabel("FORMAT")
            .defaultValue("hex")
            .description(
                "Write the bytes as hex, 0x, c, java, python, base64, or raw (the bytes"
                    + " themselves). Default: hex.")
            .build();
    spec.usageMessage()
        .customSynopsis("wscope encode [OPTION]... OPCODE [PAYLOAD]")
        .description(
            "Builds WebSocket frames from their fields, including invalid ones if you"
                + " ask for them.")
        .footer(
            "",
            "Examples:",
            "  wscope encode text \"MDN\" --mask-key 3d542306",
            "  wscope encode close 1000 \"bye\"",
            "  wscope encode text \"Hello\" --mask --fragment 2 --format java",
            "  wscope encode text \"Hello\" --break rsv1-without-extension",
            "  wscope encode binary --file picture.png --format raw > frame.bin");
    spec.addPositional(opcode);
    sections.begin("Payload");
    payload = new PayloadSource(spec, stdio);
    sections.begin("Framing");
    options = new EncodeOptions(spec);
    spec.addOption(deflate);
    sections.begin("Rules");
    spec.addOption(fault).addOption(force);
    sections.begin("Output");
    spec.addOption(format);
    sections.begin("Other options");
  }

  public CommandSpec spec() {
    return spec;
  }

  @Override
  public OptionSections sections() {
    return sections;
  }

  @Override
  public Integer call() throws IOException, Failure {
    ByteFormat wanted = format.getValue();
    if (wanted == ByteFormat.RAW && stdio.outputIsTerminal() && !Flag.isSet(force)) {
      throw new Failure(
          ExitCode.USAGE,
          "raw bytes can garble a terminal; write them to a file with > FILE, or add --force");
    }
    IntSupplier maskingKeys = options.maskingKeys();
    Screen notes = Screen.ofNotes(stdio.err(), stdio.unicode(), stdio.columns());
    List<OutgoingMessage> frames = checkedFrames(notes, maskingKeys);
    notes.flush();
    FrameFormatter out = new FrameFormatter(stdio.out(), wanted);
    frames.forEach(message -> message.writeTo(out, maskingKeys));
    out.end();
    return ExitCode.FINE;
  }

  /** Returns the frames to write. Fails if they break a rule that the user did not ask to break. */
  private List<OutgoingMessage> checkedFrames(Screen notes, IntSupplier maskingKeys)
      throws IOException, Failure {
    Opcode first = opcode();
    OutgoingMessage given =
        new OutgoingMessage(first, payload.read(first, notes), options.framing());
    FrameFault requested = fault.getValue();
    OutgoingMessage message = requested == null ? given : bySender(given, requested);
    if (Flag.isSet(deflate)) {
      return List.of(checkedCompression(message, requested, notes, maskingKeys));
    }
    Rule rule = requested == null ? null : requested.rule();
    Endpoint sender = sender(message, rule);
    try (BufferPool pool = new BufferPool()) {
      DeflateParameters agreed =
          requested == null ? null : requested.deflate().adjust(null, sender);
      Compression compression = agreed == null ? null : new Compression(agreed, pool);
      List<OutgoingMessage> frames = List.of(message);
      Summary broken = inspect(frames, sender, compression, maskingKeys);
      if (requested != null && !errors(broken, rule).contains(rule)) {
        frames = requested.commit(message);
        broken = inspect(frames, sender, compression, maskingKeys);
      }
      report(broken, requested == null ? Set.of() : requested.breaks(first), first, rule, notes);
      return frames;
    }
  }

  /** Compresses a message and checks it as a receiver with permessage-deflate does. */
  private OutgoingMessage checkedCompression(
      OutgoingMessage message,
      @Nullable FrameFault requested,
      Screen notes,
      IntSupplier maskingKeys)
      throws Failure {
    if (requested != null) {
      throw new Failure(
          ExitCode.USAGE,
          "--break cannot be combined with --deflate; omit --deflate, even for a rule of RFC 7692");
    }
    if (message.opcode() != Opcode.TEXT && message.opcode() != Opcode.BINARY) {
      throw new Failure(
          ExitCode.USAGE, "--deflate compresses text and binary messages only (RFC 7692 §6)");
    }
    Endpoint sender = sender(message, null);
    try (BufferPool pool = new BufferPool()) {
      Compression compression = new Compression(DeflateParameters.DEFAULT, pool);
      OutgoingMessage compressed = CompressedMessage.of(message, compression);
      Summary broken = inspect(List.of(compressed), sender, compression, maskingKeys);
      report(broken, Set.of(), message.opcode(), null, notes);
      return compressed;
    }
  }

  private Opcode opcode() throws Failure {
    Opcode given = opcode.getValue();
    if (given != null && payload.isClose()) {
      throw new Failure(ExitCode.USAGE, "--close sets the opcode; omit OPCODE");
    }
    if (given == null && !payload.isClose()) {
      throw new Failure(
          ExitCode.USAGE, "no opcode given; try: wscope encode text \"Hello\" --mask");
    }
    return given == null ? Opcode.CLOSE : given;
  }

  /** Masks as the only endpoint that can commit a fault, unless the fault concerns the MASK bit. */
  private static OutgoingMessage bySender(OutgoingMessage message, FrameFault fault) {
    Rule rule = fault.rule();
    if (rule != Rule.MASKING_KEY_REPEATED && rule != Rule.CLOSE_CODE_ONLY_FOR_CLIENTS) {
      return message;
    }
    return message.framing(message.framing().masked(fault.isOf(Endpoint.CLIENT)));
  }

  /** The sender that the MASK bit shows, unless the rule to break concerns that bit. */
  private static Endpoint sender(OutgoingMessage message, @Nullable Rule rule) {
    boolean client =
        message.framing().masked()
            || rule == Rule.CLIENT_FRAME_UNMASKED
            || rule == Rule.MASKING_KEY_REPEATED;
    return client && rule != Rule.SERVER_FRAME_MASKED ? Endpoint.CLIENT : Endpoint.SERVER;
  }

  /** Checks the frames as a receiver does. Their random masking keys differ from those written. */
  private static Summary inspect(
      List<OutgoingMessage> frames,
      Endpoint sender,
      @Nullable Compression compression,
      IntSupplier maskingKeys)
      throws Failure {
    Summary broken = new Summary();
    try (FrameReader reader = new FrameReader(sender, Limits.NONE, compression, 0, broken)) {
      FrameSerializer serializer = new FrameSerializer(reader::feed);
      for (OutgoingMessage message : frames) {
        LengthForm form = message.framing().lengthForm();
        if (form != null && !message.fits()) {
          throw new Failure(ExitCode.USAGE, doesNotFit(message.maxFrame(), form));
        }
        message.writeTo(serializer, maskingKeys);
      }
      reader.end();
    }
    return broken;
  }

  /** The errors and a wanted warning, in the order of their frames and bytes. */
  private static Set<Rule> errors(Summary summary, @Nullable Rule wanted) {
    return Stream.of(Rule.values())
        .map(summary::firstViolation)
        .filter(first -> first != null && (first.rule().isError() || first.rule() == wanted))
        .sorted(Comparator.comparingLong(Violation::frame).thenComparingLong(Violation::offset))
        .map(Violation::rule)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static String doesNotFit(int length, LengthForm form) {
    return length
        + " bytes do not fit in the "
        + form.bits()
        + "-bit length, which holds up to "
        + form.longest()
        + "; omit --length-form, or add --fragment "
        + form.longest();
  }

  private void report(
      Summary summary, Set<Rule> requested, Opcode first, @Nullable Rule rule, Screen notes)
      throws Failure {
    Set<Rule> broken = errors(summary, rule);
    // Ignore this rule for a continuation, because the first frame of its message is elsewhere.
    if (first == Opcode.CONTINUATION
        && rule != Rule.CONTINUATION_WITHOUT_MESSAGE
        && broken.remove(Rule.CONTINUATION_WITHOUT_MESSAGE)) {
      notes.text("note: a continuation is valid only after a text or binary frame with FIN 0");
      notes.endLine();
    }
    BrokenRules.show(notes, new OptionAdvice(), summary, broken);
    if (rule != null && !broken.contains(rule)) {
      notes.text("note: these options do not break ").text(rule.id()).endLine();
    }
    Set<Rule> unrequested = EnumSet.noneOf(Rule.class);
    unrequested.addAll(broken);
    unrequested.removeAll(requested);
    if (!unrequested.isEmpty() && !Flag.isSet(force)) {
      notes.flush();
      Rule only = unrequested.iterator().next();
      boolean breakable = unrequested.size() == 1 && requested.isEmpty() && !Flag.isSet(deflate);
      String how = breakable ? "--break " + only.id() + " or --force" : "--force";
      throw new Failure(ExitCode.BROKEN, "nothing was written; to break the rules, add " + how);
    }
  }
}
