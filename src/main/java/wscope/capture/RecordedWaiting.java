package wscope.capture;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.AwaitedInput;
import wscope.protocol.event.Event;
import wscope.protocol.frame.FrameField;
import wscope.protocol.frame.IncompleteFrame;

/** A recorded stall of the peer. */
final class RecordedWaiting {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private RecordedWaiting() {}

  static Event.Waiting of(RecordedLine line) throws InvalidRecording {
    List<AwaitedInput.OpenMessage> open = new ArrayList<>();
    for (RecordedLine message : line.objects("openMessages")) {
      open.add(new AwaitedInput.OpenMessage(message.number("number"), message.number("length")));
    }
    return new Event.Waiting(
        line.endpoint("sender"),
        new AwaitedInput(kind(line), incomplete(line.objectOrNull("incomplete")), open),
        Math.multiplyExact(line.small("millis"), NANOS_PER_MILLI));
  }

  private static AwaitedInput.Kind kind(RecordedLine line) throws InvalidRecording {
    String id = line.text("awaited");
    for (AwaitedInput.Kind kind : AwaitedInput.Kind.values()) {
      if (kind.id().equals(id)) {
        return kind;
      }
    }
    throw line.invalid("unknown value of \"awaited\": \"" + id + "\"");
  }

  private static @Nullable IncompleteFrame incomplete(@Nullable RecordedLine frame)
      throws InvalidRecording {
    if (frame == null) {
      return null;
    }
    String label = frame.text("field");
    for (FrameField field : FrameField.values()) {
      if (field.label().equals(label)) {
        return new IncompleteFrame(
            frame.number("frame"),
            frame.number("offset"),
            field,
            frame.number("missing"),
            ByteBuffer.allocate(0));
      }
    }
    throw frame.invalid("unknown frame field \"" + label + "\"");
  }
}
