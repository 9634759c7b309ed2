package wscope.check;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;

/**
 * Builds a case, which is a correct conversation about a strict rule until something is changed.
 */
final class CaseBuilder {
  private final Group group;
  private final String name;
  private final String citation;
  private @Nullable Rule rule;
  private Strictness strictness = Strictness.MUST;
  private String sends = "";
  private Beginning beginning = Openings.WHOLE;
  private boolean deflate;
  private boolean refersBack;
  private final List<Step> steps = new ArrayList<>();
  private int clients = 1;
  private boolean flood;
  private @Nullable String fault;

  private CaseBuilder(Group group, String name, String citation) {
    this.group = group;
    this.name = name;
    this.citation = citation;
  }

  static CaseBuilder of(Group group, String name, String citation) {
    return new CaseBuilder(group, name, citation);
  }

  /** A case about a rule of the table. */
  static CaseBuilder of(Group group, String name, Rule rule) {
    CaseBuilder builder = new CaseBuilder(group, name, rule.citation());
    builder.rule = rule;
    return builder;
  }

  CaseBuilder strictness(Strictness value) {
    strictness = value;
    return this;
  }

  CaseBuilder sends(String words) {
    sends = words;
    return this;
  }

  CaseBuilder opening(Opening value) {
    beginning = value;
    return this;
  }

  /** Offers permessage-deflate, which the case needs. */
  CaseBuilder deflate(String offer) {
    deflate = true;
    beginning = Openings.deflate(offer);
    return this;
  }

  CaseBuilder beginning(Beginning value) {
    beginning = value;
    return this;
  }

  /** Agrees to permessage-deflate with parameters, which the case needs. */
  CaseBuilder agree(Reply value) {
    deflate = true;
    beginning = value;
    return this;
  }

  /**
   * Refers back to earlier messages, which the other endpoint may have ruled out (RFC 7692
   * §7.1.1.2).
   */
  CaseBuilder refersBack() {
    refersBack = true;
    return this;
  }

  CaseBuilder steps(List<Step> more) {
    steps.addAll(more);
    return this;
  }

  /** Sends bytes one after the other, without a pause. */
  CaseBuilder bytes(ByteBuffer... frames) {
    steps.add(new Step.Send(FrameBytes.join(frames)));
    return this;
  }

  CaseBuilder step(Step... more) {
    steps.addAll(Arrays.asList(more));
    return this;
  }

  CaseBuilder clients(int count) {
    clients = count;
    return this;
  }

  CaseBuilder flood() {
    flood = true;
    return this;
  }

  /** Names the fault with which wscope does the same. */
  CaseBuilder fault(String id) {
    fault = id;
    return this;
  }

  Case expect(Expectation expectation) {
    return new Case(
        group.id() + "/" + name,
        Endpoint.SERVER,
        group,
        rule,
        citation,
        strictness,
        sends,
        beginning,
        deflate,
        refersBack,
        List.copyOf(steps),
        expectation,
        clients,
        flood,
        fault);
  }
}
