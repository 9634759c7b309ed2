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

/** Which package may depend on which, and what a package must not use. */
@AnalyzeClasses(packages = "wscope", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String JDK = "java..";
  private static final String NULLNESS = "org.jspecify..";
  private static final String REPORT = "wscope.report";
  private static final String CAPTURE = "wscope.capture";
  private static final String CONNECTION = "wscope.connection";
  private static final String MATCH = "wscope.connection.match";
  private static final String REPLY = "wscope.connection.reply";
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
  private static final String LISTEN = "wscope.cli.listen";
  private static final String DIAL = "wscope.cli.dial";
  private static final String INPUT = "wscope.input..";
  private static final String PACKET = "wscope.packet";
  private static final String REGEX = "wscope.regex";
  private static final String RESOURCE = "wscope.resource";
  private static final String REPORTS = "wscope.report..";
  private static final String EXPLAIN = "wscope.explain";
  private static final String PICOCLI = "picocli..";
  private static final String JLINE = "org.jline..";

  // Dependencies between packages.

  @ArchTest
  static final ArchRule cliTopDependsOnTheCommands =
      dependencies(CLI, "wscope.cli.*", INPUT, REPORTS, "wscope.net", PICOCLI);

  @ArchTest static final ArchRule acceptKeyDependsOnNoOtherCommand = command("acceptkey");

  @ArchTest
  static final ArchRule decodeDependsOnNoOtherCommand =
      command(
          "decode",
          INPUT,
          CAPTURE,
          CAPTURE + ".packets",
          CAPTURE + ".tls",
          CAPTURE + ".logs",
          PACKET,
          PROMPT,
          JLINE);

  @ArchTest
  static final ArchRule connectDependsOnNoOtherCommand =
      command(
          "connect", "wscope.connect", CONNECTION, MATCH, "wscope.net", DIAL, INPUT, PROMPT, JLINE);

  @ArchTest
  static final ArchRule checkDependsOnNoOtherCommand =
      command("check", DIAL, "wscope.check", "wscope.connect", CAPTURE, "wscope.net");

  @ArchTest static final ArchRule encodeDependsOnNoOtherCommand = command("encode", INPUT);

  @ArchTest static final ArchRule explainDependsOnNoOtherCommand = command("explain", EXPLAIN);

  @ArchTest static final ArchRule installDependsOnNoOtherCommand = command("install", RESOURCE);

  @ArchTest static final ArchRule rulesDependsOnNoOtherCommand = command("rules");

  @ArchTest
  static final ArchRule serveDependsOnNoOtherCommand =
      command(
          "serve", "wscope.serve..", CONNECTION + "..", "wscope.net", LISTEN, INPUT, PROMPT, JLINE);

  @ArchTest
  static final ArchRule proxyDependsOnNoOtherCommand =
      command(
          "proxy",
          "wscope.proxy",
          "wscope.connect",
          "wscope.serve",
          CONNECTION,
          "wscope.net",
          "wscope.net.tls",
          LISTEN,
          DIAL,
          PROMPT,
          JLINE);

  @ArchTest
  static final ArchRule listenDependsOnNoCommand =
      dependencies(
          LISTEN,
          OPTION,
          PROCESS,
          REPORTS,
          CONNECTION,
          "wscope.serve",
          "wscope.net..",
          "javax.net.ssl..",
          PROTOCOL + "..",
          PICOCLI);

  @ArchTest
  static final ArchRule dialDependsOnNoCommand =
      dependencies(
          DIAL,
          OPTION,
          PROCESS,
          CONNECTION,
          "wscope.connect",
          "wscope.net..",
          "javax.security.auth.x500",
          PROTOCOL + "..",
          PICOCLI);

  @ArchTest
  static final ArchRule promptDependsOnNoCommand =
      dependencies(
          PROMPT, OPTION, PROCESS, INPUT, REPORTS, CONNECTION, PROTOCOL + "..", PICOCLI, JLINE);

  @ArchTest
  static final ArchRule optionDependsOnNoCommand =
      dependencies(
          OPTION,
          PROCESS,
          REPORTS,
          CAPTURE + ".write",
          CONNECTION,
          "wscope.net",
          PROTOCOL + "..",
          PICOCLI);

  @ArchTest static final ArchRule processDependsOnTheJdkOnly = dependencies(PROCESS);

  @ArchTest
  static final ArchRule serveDependsOnConnectionAndNet =
      dependencies(
          "wscope.serve..",
          CONNECTION + "..",
          "wscope.net",
          RESOURCE,
          "javax.net.ssl..",
          PROTOCOL + "..");

  @ArchTest
  static final ArchRule theClientDependsOnConnectionAndNet =
      dependencies("wscope.connect", CONNECTION, "wscope.net", PROTOCOL + "..");

  @ArchTest
  static final ArchRule theProxyDependsOnServeAndConnect =
      dependencies(
          "wscope.proxy",
          "wscope.serve",
          "wscope.connect",
          REGEX,
          CONNECTION,
          "wscope.net",
          "javax.net.ssl..",
          PROTOCOL + "..");

  @ArchTest
  static final ArchRule checkDependsOnTheClient =
      dependencies("wscope.check", "wscope.connect", "wscope.net", RESOURCE, PROTOCOL + "..");

  @ArchTest
  static final ArchRule connectionDependsOnNetAndProtocol =
      dependencies(CONNECTION, MATCH, REPLY, "wscope.net", PROTOCOL + "..");

  @ArchTest
  static final ArchRule replyDependsOnMatchAndProtocol =
      dependencies(REPLY, MATCH, RESOURCE, PROTOCOL + "..");

  @ArchTest
  static final ArchRule matchDependsOnProtocolAndJackson =
      dependencies(MATCH, REGEX, PROTOCOL + "..", "com.fasterxml.jackson.core..");

  @ArchTest
  static final ArchRule explainDependsOnProtocol = dependencies(EXPLAIN, RESOURCE, PROTOCOL + "..");

  @ArchTest
  static final ArchRule reportDependsOnProtocol = dependencies(REPORT, REGEX, PROTOCOL + "..");

  @ArchTest static final ArchRule regexDependsOnTheJdkOnly = dependencies(REGEX);

  @ArchTest static final ArchRule resourceDependsOnTheJdkOnly = dependencies(RESOURCE);

  @ArchTest
  static final ArchRule reportTextDependsOnReport =
      dependencies(REPORT + ".text", REPORT, PROTOCOL + "..");

  @ArchTest
  static final ArchRule reportJsonDependsOnReportAndJackson =
      dependencies(REPORT + ".json", REPORT, PROTOCOL + "..", "com.fasterxml.jackson.core..");

  @ArchTest static final ArchRule reportXmlDependsOnReport = dependencies(REPORT + ".xml", REPORT);

  @ArchTest
  static final ArchRule reportHtmlDependsOnJson =
      dependencies(REPORT + ".html", REPORT, REPORT + ".json", RESOURCE, PROTOCOL + "..");

  @ArchTest
  static final ArchRule netDependsOnTlsChannel =
      dependencies("wscope.net..", "javax.net.ssl..", "javax.security.auth.x500", "tlschannel..");

  @ArchTest
  static final ArchRule captureDependsOnProtocolAndJackson =
      dependencies(CAPTURE, PROTOCOL + "..", "com.fasterxml.jackson.core..");

  @ArchTest
  static final ArchRule capturePacketsDependsOnPacketAndProtocol =
      dependencies(
          CAPTURE + ".packets", CAPTURE + ".tls", CAPTURE + ".tunnel", PACKET, PROTOCOL + "..");

  @ArchTest
  static final ArchRule captureTlsDependsOnPacketAndEvents =
      dependencies(CAPTURE + ".tls", CAPTURE + ".tunnel", PACKET, EVENT, "javax.crypto..");

  @ArchTest
  static final ArchRule captureTunnelDependsOnPacket = dependencies(CAPTURE + ".tunnel", PACKET);

  @ArchTest
  static final ArchRule captureLogsDependsOnPacketsProtocolAndJackson =
      dependencies(
          CAPTURE + ".logs",
          CAPTURE + ".packets",
          PACKET,
          PROTOCOL + "..",
          "com.fasterxml.jackson.core..");

  @ArchTest
  static final ArchRule captureWriteDependsOnPacketProtocolAndJackson =
      dependencies(CAPTURE + ".write", PACKET, PROTOCOL + "..", "com.fasterxml.jackson.core..");

  @ArchTest
  static final ArchRule spellingDependsOnTheJdkOnly = dependencies("wscope.input.spelling");

  @ArchTest
  static final ArchRule findDependsOnProtocol = dependencies("wscope.input.find", PROTOCOL + "..");

  @ArchTest
  static final ArchRule inputDependsOnPacketProtocolAndJackson =
      dependencies(INPUT, PACKET, PROTOCOL + "..", "com.fasterxml.jackson.core..");

  @ArchTest
  static final ArchRule onlyScreenOfInputReadsJson =
      noClasses()
          .that()
          .resideInAPackage(INPUT)
          .and()
          .resideOutsideOfPackage("wscope.input.screen")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.fasterxml..");

  @ArchTest static final ArchRule packetDependsOnTheJdkOnly = dependencies(PACKET);

  @ArchTest
  static final ArchRule protocolTopDependsOnItsPackages =
      dependencies(PROTOCOL, EVENT, HANDSHAKE, MESSAGE, DEFLATE, FRAME, RULE);

  @ArchTest
  static final ArchRule eventDependsOnNoStateMachine =
      dependencies(EVENT, HANDSHAKE, MESSAGE, DEFLATE, FRAME, RULE);

  @ArchTest
  static final ArchRule handshakeDependsOnDeflateAndRule = dependencies(HANDSHAKE, DEFLATE, RULE);

  @ArchTest
  static final ArchRule messageDependsOnFrameAndDeflate =
      dependencies(MESSAGE, FRAME, DEFLATE, RULE);

  @ArchTest static final ArchRule deflateDependsOnRule = dependencies(DEFLATE, RULE);

  @ArchTest static final ArchRule frameDependsOnRule = dependencies(FRAME, RULE);

  @ArchTest static final ArchRule ruleDependsOnTheJdkOnly = dependencies(RULE);

  @ArchTest
  static final ArchRule nothingDependsOnCli =
      noClasses()
          .that()
          .resideOutsideOfPackage("wscope.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("wscope.cli..");

  @ArchTest
  static final ArchRule topLevelPackagesHaveNoCycles =
      slices().matching("wscope.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("wscope.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule everyClassIsInAKnownPackage =
      classes()
          .should()
          .resideInAnyPackage(
              CLI,
              "wscope.cli.acceptkey",
              "wscope.cli.check",
              "wscope.cli.connect",
              "wscope.cli.decode",
              "wscope.cli.encode",
              "wscope.cli.explain",
              "wscope.cli.install",
              "wscope.cli.proxy",
              LISTEN,
              DIAL,
              "wscope.cli.rules",
              "wscope.cli.serve",
              OPTION,
              PROMPT,
              PROCESS,
              "wscope.check",
              "wscope.connect",
              "wscope.serve",
              "wscope.proxy",
              CONNECTION,
              MATCH,
              REPLY,
              "wscope.net",
              "wscope.net.tls",
              "wscope.input",
              "wscope.input.spelling",
              "wscope.input.find",
              "wscope.input.head",
              "wscope.input.dump",
              "wscope.input.list",
              "wscope.input.run",
              "wscope.input.screen",
              CAPTURE,
              CAPTURE + ".packets",
              CAPTURE + ".logs",
              CAPTURE + ".tls",
              CAPTURE + ".tunnel",
              CAPTURE + ".write",
              EXPLAIN,
              PACKET,
              REGEX,
              RESOURCE,
              REPORT,
              REPORT + ".text",
              REPORT + ".json",
              REPORT + ".xml",
              REPORT + ".html",
              PROTOCOL,
              EVENT,
              HANDSHAKE,
              MESSAGE,
              DEFLATE,
              FRAME,
              RULE);

  @ArchTest
  static final ArchRule packageNamesAreSpecific =
      noClasses()
          .should()
          .resideInAnyPackage("..util..", "..common..", "..core..", "..model..", "..service..");

  // What a package must not use.

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

  /** Events report facts of TCP, which the owner of the connection provides. */
  @ArchTest
  static final ArchRule stateMachinesKnowNothingOfTcp =
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
  static final ArchRule protocolUsesNoThreadsOrTimers =
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
  static final ArchRule protocolReadsNoClock =
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

  /** The command line parses what users type. Such classes are recognised by their names. */
  @ArchTest
  static final ArchRule protocolParsesNoUserInput =
      noClasses()
          .that()
          .resideInAPackage(PROTOCOL + "..")
          .should()
          .haveNameMatching(".*(Text|Words?|Arguments?|Options?|Converter|Command|Prompt)");

  /** Setting the clock must not move a deadline. BehaviourHandler writes the time into messages. */
  @ArchTest
  static final ArchRule deadlinesDoNotUseTheTimeOfDay =
      noClasses()
          .that()
          .resideInAnyPackage("wscope.serve..", CONNECTION + "..", "wscope.net")
          .and()
          .doNotHaveFullyQualifiedName("wscope.connection.BehaviourHandler")
          .should()
          .callMethodWhere(
              calls("currentTimeMillis", "now", "instant", "millis", "system", "systemUTC"));

  @ArchTest
  static final ArchRule onlyCliUsesPicocliAndJline =
      noClasses()
          .that()
          .resideOutsideOfPackage("wscope.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("picocli..", "org.jline..");

  @ArchTest
  static final ArchRule onlyCliUsesStandardStreamsAndTheEnvironment =
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

  /** Two event loops with different limits can run in one process. */
  @ArchTest
  static final ArchRule netHasNoGlobalState =
      fields()
          .that()
          .areDeclaredInClassesThat()
          .resideInAPackage("wscope.net..")
          .and()
          .areStatic()
          .should()
          .beFinal();

  @ArchTest
  static final ArchRule netDoesNotAskForTheMemoryOfTheJvm =
      noClasses()
          .that()
          .resideInAPackage("wscope.net..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.lang.Runtime");

  /**
   * S11: parsers are hand-written and never backtrack. The expressions of a user backtrack within
   * bounds; check.Cases matches its own names only.
   */
  @ArchTest
  static final ArchRule onlyCliUsesRegularExpressions =
      noClasses()
          .that()
          .resideOutsideOfPackage("wscope.cli..")
          .and()
          .haveNameNotMatching(
              "wscope\\.(connection\\.match\\.BoundedPattern|report\\.(Redaction|SecretNames|JsonSecrets)|check\\.Cases"
                  + "|proxy\\.Replacement)(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.util.regex..")
          .orShould()
          .callMethodWhere(calls("matches", "replaceAll", "replaceFirst"));

  /**
   * S17: code that reads from the wire opens no file; only files that the user names are opened.
   */
  @ArchTest
  static final ArchRule codeThatReadsTheWireOpensNoFile =
      noClasses()
          .that()
          .resideInAnyPackage(
              "wscope.serve..",
              "wscope.connect",
              CONNECTION + "..",
              "wscope.net",
              REPORT + "..",
              PROTOCOL + "..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.nio.file..")
          .orShould()
          .dependOnClassesThat()
          .haveNameMatching(
              "java\\.io\\.(File|FileInputStream|FileOutputStream|FileReader|FileWriter|RandomAccessFile)");

  /** S18: the JDK decides whom to trust, unless a caller explicitly disables the check. */
  @ArchTest
  static final ArchRule onlyTrustOverridesTheJdksTrust =
      noClasses()
          .that()
          .haveNameNotMatching("wscope\\.net\\.tls\\.Trust(\\$Unchecked)?")
          .should()
          .dependOnClassesThat()
          .haveNameMatching("javax\\.net\\.ssl\\.(.*TrustManager|HostnameVerifier)");

  @ArchTest
  static final ArchRule onlyCliUsesFormatStrings =
      noClasses()
          .that()
          .resideOutsideOfPackage("wscope.cli..")
          .should()
          .callMethodWhere(calls("format", "formatted", "printf"));

  /** The package of a command: it may depend on these, and on what every command needs. */
  private static ArchRule command(String name, String... permitted) {
    List<String> all = new ArrayList<>(List.of(OPTION, PROCESS, REPORTS, PROTOCOL + "..", PICOCLI));
    all.addAll(List.of(permitted));
    return dependencies(CLI + "." + name, all.toArray(String[]::new));
  }

  private static ArchRule dependencies(String ofPackage, String... permitted) {
    List<String> allowed = new ArrayList<>(List.of(JDK, NULLNESS, ofPackage));
    allowed.addAll(List.of(permitted));
    return classes()
        .that()
        .resideInAPackage(ofPackage)
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
