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
  private static final String PROTOCOL = "wscope.protocol";
  private static final String RULE = "wscope.protocol.rule";
  private static final String FRAME = "wscope.protocol.frame";
  private static final String DEFLATE = "wscope.protocol.deflate";
  private static final String MESSAGE = "wscope.protocol.message";
  private static final String HANDSHAKE = "wscope.protocol.handshake";

  // The arrows.

  @ArchTest
  static final ArchRule serveKnowsNetAndProtocol =
      room("wscope.serve..", "wscope.net", "javax.net.ssl..", PROTOCOL + "..");

  @ArchTest
  static final ArchRule reportKnowsProtocol =
      room("wscope.report..", PROTOCOL + "..", "com.fasterxml.jackson.core..");

  @ArchTest
  static final ArchRule netKnowsTlsChannel =
      room("wscope.net..", "javax.net.ssl..", "tlschannel..");

  @ArchTest static final ArchRule inputKnowsTheJdk = room("wscope.input..");

  @ArchTest
  static final ArchRule protocolTopKnowsItsFive =
      room(PROTOCOL, HANDSHAKE, MESSAGE, DEFLATE, FRAME, RULE);

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
              "wscope.cli",
              "wscope.serve",
              "wscope.net",
              "wscope.net.tls",
              "wscope.input",
              "wscope.report",
              PROTOCOL,
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

  /** A clock that is set back or on must move no deadline; a text may tell the time of day. */
  @ArchTest
  static final ArchRule deadlinesHaveNoTimeOfDay =
      noClasses()
          .that()
          .resideInAnyPackage("wscope.serve..", "wscope.net")
          .and()
          .doNotHaveFullyQualifiedName("wscope.serve.Conduct")
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
          .resideInAnyPackage("wscope.serve..", "wscope.net", "wscope.report..", PROTOCOL + "..")
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
