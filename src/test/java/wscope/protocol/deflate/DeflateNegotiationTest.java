package wscope.protocol.deflate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import wscope.cli.decode.DeflateText;
import wscope.protocol.Vectors;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.RuleGroup;
import wscope.protocol.rule.Violation;

/** Agreeing on permessage-deflate (RFC 7692 §5.1, §7.1). */
class DeflateNegotiationTest {
  static Stream<Arguments> offers() {
    return Vectors.arguments("deflate-offers.csv");
  }

  static Stream<Arguments> responses() {
    return Vectors.arguments("deflate-responses.csv");
  }

  /** S21: every invalid parameter of an offer is declined. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("offers")
  void respondsToOffersAsInTheVectors(String name, Vectors.Row row) {
    DeflateParameters preferred = DeflateText.read(row.cell("preferred")).parameters();
    List<List<ExtensionParameter>> offers = elements(row.cell("offers"));
    DeflateResponse response = DeflateNegotiation.respond(offers, preferred);
    String header = row.cell("response");
    assertEquals(header.equals("none") ? null : header, response.header());
    assertEquals(
        row.cell("declined"),
        response.declined().stream()
            .map(declined -> declined.offer() + " " + declined.parameter())
            .collect(Collectors.joining(" | ")));
    // A client that made these offers finds no violation, and reads the same agreement.
    List<Violation> violations = new ArrayList<>();
    List<List<ExtensionParameter>> valid =
        offers.stream()
            .filter(o -> new ParameterSet(ParameterSet.Element.OFFER, o).invalid().isEmpty())
            .toList();
    List<List<ExtensionParameter>> responses =
        response.header() == null ? List.of() : elements(response.header());
    assertEquals(response.agreed(), DeflateNegotiation.read(valid, responses, 0, violations));
    assertEquals(List.of(), violations);
  }

  /** S21: every invalid parameter of a response is reported. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("responses")
  void readsResponsesAsInTheVectors(String name, Vectors.Row row) {
    List<Violation> violations = new ArrayList<>();
    DeflateParameters agreed =
        DeflateNegotiation.read(
            elements(row.cell("offers")), elements(row.cell("responses")), 77, violations);
    assertEquals(row.cell("agreed"), agreed == null ? "none" : agreed.header());
    String found = violations.stream().map(v -> v.rule().id()).collect(Collectors.joining(" "));
    assertEquals(row.cell("expected"), found.isEmpty() ? "fine" : found);
    assertTrue(violations.stream().allMatch(v -> v.offset() == 77 && v.frame() == 0));
    assertTrue(violations.stream().allMatch(v -> v.rule().group() == RuleGroup.RESPONSE));
    assertTrue(
        violations.stream()
            .allMatch(v -> v.rule().isError() != (v.rule() == Rule.DEFLATE_CLIENT_WINDOW_RAISED)));
  }

  @Test
  void givesTheReasonForDeclining() {
    DeflateResponse response =
        DeflateNegotiation.respond(
            elements("permessage-deflate; server_max_window_bits=16"), DeflateParameters.DEFAULT);
    assertEquals(
        "the value is not a number from 8 to 15 without leading zeros",
        response.declined().get(0).why());
  }

  @Test
  void givesTheParametersOfEachSender() {
    DeflateParameters agreed = new DeflateParameters(true, false, 9, 10);
    assertEquals(9, agreed.maxWindowBits(Endpoint.SERVER));
    assertEquals(10, agreed.maxWindowBits(Endpoint.CLIENT));
    assertEquals(false, agreed.takesContextOver(Endpoint.SERVER));
    assertEquals(true, agreed.takesContextOver(Endpoint.CLIENT));
    assertThrows(IllegalArgumentException.class, () -> new DeflateParameters(false, false, 7, 15));
    assertThrows(IllegalArgumentException.class, () -> new DeflateParameters(false, false, 15, 16));
  }

  /** The parameters of each element of a header. */
  private static List<List<ExtensionParameter>> elements(String header) {
    List<List<ExtensionParameter>> elements = new ArrayList<>();
    for (String element : header.isEmpty() ? new String[0] : header.split(",", -1)) {
      List<ExtensionParameter> parameters = new ArrayList<>();
      String[] parts = element.split(";", -1);
      assertEquals(DeflateParameters.EXTENSION, parts[0].strip());
      for (int i = 1; i < parts.length; i++) {
        String part = parts[i].strip();
        int equals = part.indexOf('=');
        parameters.add(
            equals < 0
                ? new ExtensionParameter(part, null)
                : new ExtensionParameter(part.substring(0, equals), part.substring(equals + 1)));
      }
      elements.add(parameters);
    }
    return elements;
  }
}
