package wscope.diff;

import java.util.List;

/** What must be so in a stream where an implementation gets lost in it. */
enum Circumstance {
  ANY {
    @Override
    boolean holds(FrameStream stream, List<TakenFrame> frames) {
      return true;
    }
  },

  /** A control frame between the fragments of a compressed message, without context takeover. */
  CONTROL_INSIDE_MESSAGE {
    @Override
    boolean holds(FrameStream stream, List<TakenFrame> frames) {
      boolean inside = false;
      boolean found = false;
      for (TakenFrame frame : frames) {
        found |= frame.isControl() && inside;
        inside = frame.isControl() ? inside : !frame.fin() && (inside || frame.beginsCompressed());
      }
      return found && stream.agreed() != null && !stream.agreed().takesContextOver(stream.sender());
    }
  },

  /** A block with BFINAL set in a compressed message (RFC 7692 §7.2.3.4). */
  FINAL_BLOCK {
    @Override
    boolean holds(FrameStream stream, List<TakenFrame> frames) {
      return Blocks.of(frames).finalBlock();
    }
  },

  /** A compressed message that ends inside a block, so that its tail is taken for data. */
  OPEN_BLOCK {
    @Override
    boolean holds(FrameStream stream, List<TakenFrame> frames) {
      return Blocks.of(frames).openBlock();
    }
  };

  /**
   * Whether it is so.
   *
   * @param frames of the stream, as they were taken
   */
  abstract boolean holds(FrameStream stream, List<TakenFrame> frames);
}
