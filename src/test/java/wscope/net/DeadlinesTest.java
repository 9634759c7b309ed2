package wscope.net;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
  private static final Duration NEVER = Duration.ofHours(1);

  private final Deadlines deadlines = new Deadlines();
  private final List<String> events = new ArrayList<>();

  @Test
  void hasNoneAtFirst() {
    assertEquals(0, deadlines.untilNext());
    deadlines.runDue(Long.MAX_VALUE);
    assertEquals(0, deadlines.untilNext());
  }

  @Test
  void untilNextIsNeverTooShort() {
    deadlines.after(Duration.ofSeconds(100), () -> events.add("late"));
    long first = deadlines.untilNext();
    assertTrue(first > 90_000 && first <= 100_001, () -> first + " ms");
    deadlines.after(Duration.ZERO, () -> events.add("at once"));
    assertEquals(1, deadlines.untilNext());
    deadlines.runDue(Long.MAX_VALUE);
    assertEquals(List.of("at once"), events);
    assertTrue(deadlines.untilNext() > 90_000);
  }

  @Test
  void runsActionsInOrderAndNotTooEarly() {
    Random random = new Random(3);
    List<Deadline> set = new ArrayList<>();
    List<Integer> happened = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      int number = i;
      long start = System.nanoTime();
      long delay = random.nextInt(20_000_000);
      Runnable action =
          () -> {
            happened.add(number);
            assertTrue(System.nanoTime() - start >= delay, "too early");
          };
      set.add(deadlines.after(Duration.ofNanos(delay), action));
    }
    runUntil(() -> happened.size() == set.size());
    for (int i = 1; i < set.size(); i++) {
      assertTrue(set.get(happened.get(i - 1)).compareTo(set.get(happened.get(i))) <= 0);
    }
    assertEquals(set.size(), Set.copyOf(happened).size());
    assertEquals(0, deadlines.untilNext());
  }

  @Test
  void untilNextIsLongEnough() {
    deadlines.after(Duration.ofMillis(3), () -> events.add("come"));
    long wait = MILLISECONDS.toNanos(deadlines.untilNext());
    long start = System.nanoTime();
    while (System.nanoTime() - start < wait) {
      Thread.onSpinWait();
    }
    deadlines.runDue(Long.MAX_VALUE);
    assertEquals(List.of("come"), events);
  }

  /** The rest waits, so that deadlines of many connections do not keep the loop from reading. */
  @Test
  void runsNoFurtherActionAfterATime() {
    for (int i = 1; i <= 3; i++) {
      String number = "action " + i;
      deadlines.after(Duration.ZERO, () -> events.add(number));
    }
    assertTrue(deadlines.runDue(-1));
    assertEquals(List.of("action 1"), events);
    assertTrue(deadlines.runDue(-1));
    assertFalse(deadlines.runDue(-1));
    assertEquals(List.of("action 1", "action 2", "action 3"), events);
    assertFalse(deadlines.runDue(-1));
  }

  @Test
  void doesNotRunACancelledAction() {
    Deadline first = deadlines.after(Duration.ZERO, () -> events.add("cancelled"));
    deadlines.after(Duration.ZERO, () -> events.add("kept"));
    first.cancel();
    runUntil(() -> !events.isEmpty());
    assertEquals(List.of("kept"), events);
  }

  @Test
  void doesNotWaitForACancelledDeadline() {
    Deadline only = deadlines.after(Duration.ofMillis(1), () -> events.add("cancelled"));
    deadlines.after(NEVER, () -> {});
    only.cancel();
    assertTrue(deadlines.untilNext() > 3_000_000);
  }

  @Test
  void hasNoneOnceAllAreCancelled() {
    Deadline only = deadlines.after(NEVER, () -> events.add("cancelled"));
    only.cancel();
    only.cancel();
    assertEquals(0, deadlines.untilNext());
  }

  @Test
  void actionMayCancelAnotherThatIsDue() {
    List<Deadline> later = new ArrayList<>();
    deadlines.after(Duration.ZERO, () -> later.forEach(Deadline::cancel));
    later.add(deadlines.after(Duration.ofNanos(1), () -> events.add("cancelled")));
    deadlines.after(Duration.ofNanos(2), () -> events.add("kept"));
    runUntil(() -> !events.isEmpty());
    assertEquals(List.of("kept"), events);
  }

  @Test
  void actionMaySetAnother() {
    deadlines.after(
        Duration.ZERO,
        () -> {
          events.add("first");
          deadlines.after(Duration.ZERO, () -> events.add("second"));
        });
    runUntil(() -> events.size() == 2);
    assertEquals(List.of("first", "second"), events);
  }

  @Test
  void ignoresACancelAfterTheAction() {
    Deadline only = deadlines.after(Duration.ZERO, () -> events.add("come"));
    runUntil(() -> !events.isEmpty());
    only.cancel();
    deadlines.runDue(Long.MAX_VALUE);
    assertEquals(List.of("come"), events);
  }

  /** S8: the deadlines of connections that have ended are not kept until their time. */
  @Test
  void cancelledDeadlinesDoNotAddUp() {
    Deadline kept = deadlines.after(NEVER, () -> events.add("never"));
    for (int i = 0; i < 100_000; i++) {
      deadlines.after(NEVER, () -> events.add("never")).cancel();
      assertTrue(deadlines.size() <= 130, () -> deadlines.size() + " are kept");
    }
    assertTrue(deadlines.untilNext() > 3_000_000);
    kept.cancel();
    assertEquals(0, deadlines.untilNext());
    assertEquals(0, deadlines.size());
  }

  private void runUntil(BooleanSupplier done) {
    long start = System.nanoTime();
    while (!done.getAsBoolean()) {
      assertTrue(System.nanoTime() - start < SECONDS.toNanos(5), "no action ran in time");
      deadlines.runDue(Long.MAX_VALUE);
      Thread.onSpinWait();
    }
  }
}
