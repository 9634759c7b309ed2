package wscope.diff;

import java.util.List;

/** What must be true of a stream for an explanation to apply. */
enum Condition {
  ANY {
    @Override
    boolean holds(FrameStream stream, List<AcceptedFrame> frames) {
      return true;
    }
  },

  /** A control frame between the fragments of a compressed message, without context takeover. */
  CONTROL_INSIDE_MESSAGE {
    @Override
    boolean holds(FrameStream stream, List<AcceptedFrame> frames) {
      boolean inside = false;
      boolean found = false;
      for (AcceptedFrame frame : frames) {
        found |= frame.isControl() && inside;
        inside = frame.isControl() ? inside : !frame.fin() && (inside || frame.beginsCompressed());
      }
      return found && stream.agreed() != null && !stream.agreed().takesContextOver(stream.sender());
    }
  },

  /** A block with BFINAL set in a compressed message (RFC 7692 §7.2.3.4). */
  FINAL_BLOCK {
    @Override
    boolean holds(FrameStream stream, List<AcceptedFrame> frames) {
      return Blocks.of(frames).finalBlock();
    }
  },

  /** A compressed message that ends inside a block, so that its tail is read as data. */
  OPEN_BLOCK {
    @Override
    boolean holds(FrameStream stream, List<AcceptedFrame> frames) {
      return Blocks.of(frames).openBlock();
    }
  };

  /**
   * Whether it is true.
   *
   * @param frames of the stream, as an implementation accepted them
   */
  abstract boolean holds(FrameStream stream, List<AcceptedFrame> frames);
}
