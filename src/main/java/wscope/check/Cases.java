package wscope.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import wscope.protocol.rule.Endpoint;

/** The tables of all cases, in the order of their groups. */
public final class Cases {
  private static final Pattern ONLY_FOR_SERVERS =
      Pattern.compile(
          String.join(
              "|",
              "utf8/valid/.*/frames-[2-9]",
              "utf8/invalid/.*/inside",
              "framing/cut/.*/([578]|1[0-9])",
              "framing/mask/.*",
              "framing/together/2",
              "framing/reserved-opcode/.*/(empty|after-text)",
              "framing/rsv/(binary|close|pong|continuation)/(?!100|010|001).*",
              "framing/length-not-minimal/(binary|ping)/(1|125|126)-.*",
              "framing/length-top-bit-set/.*/ffffffffffffffff",
              "framing/control-frame-too-long/.*/(127|65535)",
              "fragments/.*/count/(3|5|10)(/apart)?",
              "deflate/cut/[2-6]"));

  private Cases() {}

  /**
   * All cases for a server, or for a client.
   *
   * @param checked the endpoint that is checked
   * @param seed the number from which masking keys and random payloads derive
   */
  public static List<Case> of(Endpoint checked, long seed) {
    return checked == Endpoint.SERVER ? ofServer(seed) : ofClient(seed);
  }

  private static List<Case> ofServer(long seed) {
    List<Case> all = new ArrayList<>();
    all.addAll(RequestCases.of());
    all.addAll(HandshakeCases.of(seed));
    all.addAll(ResponseCases.of());
    all.addAll(OfferCases.of());
    addFrames(all, Endpoint.CLIENT, seed);
    return all;
  }

  private static List<Case> ofClient(long seed) {
    List<Case> all = new ArrayList<>();
    all.addAll(ClientRequestCases.of());
    all.addAll(ClientHandshakeCases.of(seed));
    all.addAll(ClientResponseCases.of());
    all.addAll(AgreementCases.of(seed));
    all.add(SendingCases.masks(seed));
    addFrames(all, Endpoint.SERVER, seed);
    all.sort(Comparator.comparing(Case::group));
    return all.stream().filter(Cases::isForClients).map(Case::forClient).toList();
  }

  /**
   * Whether a case is for clients too. A client may be a program that is started for each case, so
   * it gets one cut where a server gets several, and one place where the place makes no difference.
   */
  private static boolean isForClients(Case one) {
    return !ONLY_FOR_SERVERS.matcher(one.id()).matches();
  }

  /** The cases about what follows the handshake, which both endpoints have to react to alike. */
  private static void addFrames(List<Case> all, Endpoint sender, long seed) {
    all.addAll(FramingCases.of(sender, seed));
    all.addAll(LengthCases.of(sender, seed));
    all.addAll(FragmentCases.of(sender, seed));
    all.addAll(Utf8Cases.of(sender, seed));
    all.addAll(CloseCases.of(sender, seed));
    all.addAll(DeflateCases.of(sender, seed));
    all.addAll(SendingCases.of(sender, seed));
    all.addAll(LimitCases.of(sender, seed));
    all.addAll(AbortCases.of(sender, seed));
    all.addAll(PatienceCases.of(sender, seed));
  }
}
