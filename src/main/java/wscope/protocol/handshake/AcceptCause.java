package wscope.protocol.handshake;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.handshake.AcceptForms.Form;
import wscope.protocol.handshake.AcceptInputs.Input;

/**
 * The cause of a wrong Sec-WebSocket-Accept: one mistake, or two together, which give exactly the
 * value that the server sent.
 *
 * @param steps the mistakes, in the order of the computation
 */
public record AcceptCause(List<Step> steps) {
  /**
   * A mistake.
   *
   * @param detail the wrong part, such as the mistyped GUID; empty if the mistake says everything
   */
  public record Step(AcceptMistake mistake, String detail) {}

  /** The accept value for the key in the example of RFC 6455 §1.3. */
  private static final String SAMPLE = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

  /** The longest value that a mistake gives, with room to spare. */
  private static final int LONGEST = 512;

  /**
   * Finds the first cause that gives the value. Single mistakes come before pairs.
   *
   * @param value the value that the server sent
   * @param others keys of other requests, which the server may have taken for this one
   * @return the cause; null if the value is right, or if no known mistake gives it
   */
  public static @Nullable AcceptCause of(AcceptKey key, String value, List<String> others) {
    if (value.isEmpty() || value.length() > LONGEST || value.equals(key.value())) {
      return null;
    }
    if (value.equals(key.key())) {
      return one(AcceptMistake.KEY_ECHOED, "");
    }
    if (value.equals(SAMPLE)) {
      return one(AcceptMistake.SAMPLE_VALUE, "");
    }
    for (String other : others) {
      if (value.equals(AcceptKey.of(other).value())) {
        return one(AcceptMistake.OTHER_KEY, AcceptKey.of(other).key());
      }
    }
    return ofSteps(key, value);
  }

  private static @Nullable AcceptCause ofSteps(AcceptKey key, String value) {
    byte[] right = key.concatenated().getBytes(StandardCharsets.ISO_8859_1);
    List<Form> forms = AcceptForms.all();
    Form form = formOf(forms, right, value);
    if (form != null) {
      return one(form.mistake(), form.detail());
    }
    List<Input> inputs = AcceptInputs.of(key.key());
    Input input = inputOf(inputs, value);
    if (input == null) {
      input = inputOf(AcceptInputs.withMistypedGuid(key.key()), value);
    }
    if (input != null) {
      return one(input.mistake(), input.detail());
    }
    for (Input wrong : inputs) {
      Form second = formOf(forms, wrong.bytes(), value);
      if (second != null) {
        return new AcceptCause(
            List.of(
                new Step(wrong.mistake(), wrong.detail()),
                new Step(second.mistake(), second.detail())));
      }
    }
    return null;
  }

  private static @Nullable Form formOf(List<Form> forms, byte[] hashed, String value) {
    for (Form form : forms) {
      if (value.equals(form.of(hashed))) {
        return form;
      }
    }
    return null;
  }

  private static @Nullable Input inputOf(List<Input> inputs, String value) {
    for (Input input : inputs) {
      if (value.equals(AcceptForms.right(input.bytes()))) {
        return input;
      }
    }
    return null;
  }

  private static AcceptCause one(AcceptMistake mistake, String detail) {
    return new AcceptCause(List.of(new Step(mistake, detail)));
  }
}
