package wscope;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Keeps the walls of the house: which room may know which, and what a room must not touch. */
@AnalyzeClasses(packages = "wscope", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String JDK = "java..";
  private static final String NULLNESS = "org.jspecify..";
  private static final String REPORT = "wscope.report";
  private static final String CAPTURE = "wscope.capture";
  private static final String CONNECTION = "wscope.connection";
  private static final String PROTOCOL = "wscope.protocol";
  private static final String RULE = "wscope.protocol.rule";
  private static final String FRAME = "wscope.protocol.frame";
  private static final String DEFLATE = "wscope.protocol.deflate";
  private static final String MESSAGE = "wscope.protocol.message";
  private static final String HANDSHAKE = "wscope.protocol.handshake";
  private static final String EVENT = "wscope.protocol.event";
  private static final String CLI = "wscope.cli";
  private static final String OPTION = "wscope.cli.option";
  private static final String PROMPT = "wscope.cli.prompt";
  private static final String PROCESS = "wscope.cli.process";
  private static final String INPUT = "wscope.input..";
  private static final String PACKET = "wscope.packet";
  private static final String REPORTS = "wscope.report..";
  private static final String PICOCLI = "picocli..";
  private static final String JLINE = "org.jline..";

  // The arrows.

  @ArchTest
  static final ArchRule cliTopKnowsTheCommands =
      room(CLI, "wscope.cli.*", INPUT, REPORTS, "wscope.net", PICOCLI);

  @ArchTest static final ArchRule acceptKeyKnowsNoOtherCommand = command("acceptkey");

  @ArchTest
  static final ArchRule decodeKnowsNoOtherCommand =
      command("decode", INPUT, CAPTURE, PROMPT, JLINE);

  @ArchTest static final ArchRule encodeKnowsNoOtherCommand = command("encode", INPUT);

  @ArchTest static final ArchRule installKnowsNoOtherCommand = command("install");

  @ArchTest static final ArchRule rulesKnowsNoOtherCommand = command("rules");

  @ArchTest
  static final ArchRule serveKnowsNoOtherCommand =
      command(
          "serve",
          "wscope.serve..",
          CONNECTION,
          "wscope.net..",
          INPUT,
          PROMPT,
          JLINE,
          "javax.net.ssl..");

  @ArchTest
  static final ArchRule promptKnowsNoCommand =
      room(PROMPT, OPTION, PROCESS, INPUT, REPORTS, PICOCLI, JLINE);

  @ArchTest
  static final ArchRule optionKnowsNoCommand =
      room(OPTION, PROCESS, REPORTS, PROTOCOL + "..", PICOCLI);

  @ArchTest static final ArchRule processIsTheLeafOfCli = room(PROCESS);

  @ArchTest
  static final ArchRule serveKnowsConnectionAndNet =
      room("wscope.serve..", CONNECTION, "wscope.net", "javax.net.ssl..", PROTOCOL + "..");

  @ArchTest
  static final ArchRule connectionKnowsNetAndProtocol =
      room(CONNECTION, "wscope.net", PROTOCOL + "..");

  @ArchTest static final ArchRule reportKnowsProtocol = room(REPORT, PROTOCOL + "..");

  @ArchTest
  static final ArchRule reportTextKnowsReport = room(REPORT + ".text", REPORT, PROTOCOL + "..");

  @ArchTest
  static final ArchRule reportJsonKnowsJackson =
      room(REPORT + ".json", REPORT, PROTOCOL + "..", "com.fasterxml.jackson.core..");

  @ArchTest
  static final ArchRule netKnowsTlsChannel =
      room("wscope.net..", "javax.net.ssl..", "tlschannel..");

  @ArchTest
  static final ArchRule captureKnowsProtocolAndJackson =
      room(CAPTURE, PROTOCOL + "..", "com.fasterxml.jackson.core..");

  @ArchTest static final ArchRule spellingKnowsTheJdk = room("wscope.input.spelling");

  @ArchTest
  static final ArchRule findKnowsProtocolToTestAFind = room("wscope.input.find", PROTOCOL + "..");

  @ArchTest
  static final ArchRule inputKnowsPacketAndProtocol = room(INPUT, "wscope.packet", PROTOCOL + "..");

  @ArchTest static final ArchRule packetKnowsTheJdk = room(PACKET);

  @ArchTest
  static final ArchRule protocolTopKnowsItsSix =
      room(PROTOCOL, EVENT, HANDSHAKE, MESSAGE, DEFLATE, FRAME, RULE);

  @ArchTest
  static final ArchRule eventIsBelowTheMachines =
      room(EVENT, HANDSHAKE, MESSAGE, DEFLATE, FRAME, RULE);

  @ArchTest static final ArchRule handshakeKnowsRule = room(HANDSHAKE, DEFLATE, RULE);

  @ArchTest static final ArchRule messageKnowsFrame = room(MESSAGE, FRAME, DEFLATE, RULE);

  @ArchTest static final ArchRule deflateKnowsRule = room(DEFLATE, RULE);

  @ArchTest static final ArchRule frameKnowsRule = room(FRAME, RULE);

  @ArchTest static final ArchRule ruleIsTheLeaf = room(RULE);

  @ArchTest
  static final ArchRule nobodyKnowsCli =
      noClasses()
          .that()
          .resideOutsideOfPackage("wscope.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("wscope.cli..");

  @ArchTest
  static final ArchRule roomsHaveNoCycle =
      slices().matching("wscope.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule packagesHaveNoCycle =
      slices().matching("wscope.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule everyClassHasARoom =
      classes()
          .should()
          .resideInAnyPackage(
              CLI,
              "wscope.cli.acceptkey",
              "wscope.cli.decode",
              "wscope.cli.encode",
              "wscope.cli.install",
              "wscope.cli.rules",
              "wscope.cli.serve",
              OPTION,
              PROMPT,
              PROCESS,
              "wscope.serve",
              CONNECTION,
              "wscope.net",
              "wscope.net.tls",
              "wscope.input",
              "wscope.input.spelling",
              "wscope.input.find",
              "wscope.input.head",
              "wscope.input.dump",
              "wscope.input.list",
              "wscope.input.run",
              CAPTURE,
              PACKET,
              REPORT,
              REPORT + ".text",
              REPORT + ".json",
              PROTOCOL,
              EVENT,
              HANDSHAKE,
              MESSAGE,
              DEFLATE,
              FRAME,
              RULE);

  @ArchTest
  static final ArchRule roomsHaveNamesThatSaySomething =
      noClasses()
          .should()
          .resideInAnyPackage("..util..", "..common..", "..core..", "..model..", "..service..");

  // What a room must not touch.

  @ArchTest
  static final ArchRule protocolIsSansIo =
      noClasses()
          .that()
          .resideInAPackage(PROTOCOL + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.io..",
              "java.net..",
              "java.nio.channels..",
              "java.nio.file..",
              "java.util.concurrent..",
              "java.util.logging..",
              "javax..");

  /** Addresses in packets are strangers', and a question about them would reach the network. */
  @ArchTest
  static final ArchRule packetAsksNobody =
      noClasses()
          .that()
          .resideInAPackage(PACKET)
          .should()
          .callMethodWhere(
              calls("getByName", "getAllByName", "getHostName", "getCanonicalHostName"))
          .orShould()
          .dependOnClassesThat()
          .resideInAnyPackage("java.io..", "java.nio.channels..", "java.nio.file..");

  /** Facts of TCP are values of events, filled in by whoever owns the connection. */
  @ArchTest
  static final ArchRule machinesKnowNoTransport =
      noClasses()
          .that()
          .resideInAPackage(PROTOCOL + "..")
          .and()
          .resideOutsideOfPackage(EVENT)
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              "wscope\\.protocol\\.event\\.(TransportEnd|ConnectionTotals|PingRoundTrips).*");

  @ArchTest
  static final ArchRule protocolHasNoThreadsAndTimers =
      noClasses()
          .that()
          .resideInAPackage(PROTOCOL + "..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.lang.Thread")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.util.Timer");

  @ArchTest
  static final ArchRule protocolHasNoClock =
      noClasses()
          .that()
          .resideInAPackage(PROTOCOL + "..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.time..")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis");

  /** What users type is read where they type it; it is known by its names. */
  @ArchTest
  static final ArchRule protocolReadsNothingThatUsersType =
      noClasses()
          .that()
          .resideInAPackage(PROTOCOL + "..")
          .should()
          .haveNameMatching(".*(Text|Words?|Arguments?|Options?|Converter|Command|Prompt)");

  /** A clock that is set back or on must move no deadline; a text may tell the time of day. */
  @ArchTest
  static final ArchRule deadlinesHaveNoTimeOfDay =
      noClasses()
          .that()
          .resideInAnyPackage("wscope.serve..", CONNECTION, "wscope.net")
          .and()
          .doNotHaveFullyQualifiedName("wscope.connection.BehaviourHandler")
          .should()
          .callMethodWhere(
              calls("currentTimeMillis", "now", "instant", "millis", "system", "systemUTC"));

  @ArchTest
  static final ArchRule onlyCliKnowsTheCommandLine =
      noClasses()
          .that()
          .resideOutsideOfPackage("wscope.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("picocli..", "org.jline..");

  @ArchTest
  static final ArchRule onlyCliTouchesTheProcess =
      noClasses()
          .that()
          .resideOutsideOfPackage("wscope.cli..")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .orShould()
          .accessField(System.class, "in")
          .orShould()
          .callMethodWhere(calls("printStackTrace", "exit", "halt", "getenv", "setProperty"));

  /** Two loops with bounds of their own live in one process. */
  @ArchTest
  static final ArchRule netHasNoStateOfTheProcess =
      fields()
          .that()
          .areDeclaredInClassesThat()
          .resideInAPackage("wscope.net..")
          .and()
          .areStatic()
          .should()
          .beFinal();

  @ArchTest
  static final ArchRule netKnowsNoMemoryOfTheProcess =
      noClasses()
          .that()
          .resideInAPackage("wscope.net..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.lang.Runtime");

  /** S11: parsers are written by hand, and never step back. */
  @ArchTest
  static final ArchRule noRegexOnInput =
      noClasses()
          .that()
          .resideOutsideOfPackage("wscope.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.util.regex..")
          .orShould()
          .callMethodWhere(calls("matches", "replaceAll", "replaceFirst"));

  /** S17: what hears the wire opens no file; only what the user names is read or written. */
  @ArchTest
  static final ArchRule nobodyWhoHearsTheWireKnowsFiles =
      noClasses()
          .that()
          .resideInAnyPackage(
              "wscope.serve..", CONNECTION, "wscope.net", REPORT + "..", PROTOCOL + "..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.nio.file..")
          .orShould()
          .dependOnClassesThat()
          .haveNameMatching(
              "java\\.io\\.(File|FileInputStream|FileOutputStream|FileReader|FileWriter|RandomAccessFile)");

  /** S18: who is trusted is left to the JDK, unless a caller asks for what is insecure by name. */
  @ArchTest
  static final ArchRule nobodyIsTrustedByOurWord =
      noClasses()
          .that()
          .haveNameNotMatching("wscope\\.net\\.tls\\.Trust(\\$Unchecked)?")
          .should()
          .dependOnClassesThat()
          .haveNameMatching("javax\\.net\\.ssl\\.(.*TrustManager|HostnameVerifier)");

  @ArchTest
  static final ArchRule nothingOnThePathOfAFrameFormats =
      noClasses()
          .that()
          .resideOutsideOfPackage("wscope.cli..")
          .should()
          .callMethodWhere(calls("format", "formatted", "printf"));

  /** The room of a command, which shows what the protocol finds, and knows what else it names. */
  private static ArchRule command(String name, String... known) {
    List<String> all = new ArrayList<>(List.of(OPTION, PROCESS, REPORTS, PROTOCOL + "..", PICOCLI));
    all.addAll(List.of(known));
    return room(CLI + "." + name, all.toArray(String[]::new));
  }

  private static ArchRule room(String room, String... known) {
    List<String> allowed = new ArrayList<>(List.of(JDK, NULLNESS, room));
    allowed.addAll(List.of(known));
    return classes()
        .that()
        .resideInAPackage(room)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed.toArray(String[]::new));
  }

  /** Calls of methods of the JDK with one of these names. */
  private static DescribedPredicate<JavaAccess<?>> calls(String... names) {
    Set<String> forbidden = Set.of(names);
    return describe(
        "a call of " + forbidden,
        access ->
            forbidden.contains(access.getName())
                && access.getTargetOwner().getPackageName().startsWith("java."));
  }
}
