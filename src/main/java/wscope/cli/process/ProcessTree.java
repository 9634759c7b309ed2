package wscope.cli.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program that wscope has started, with all its child processes. */
public final class ProcessTree {
  /** How Java says why a program cannot be started; the group is the reason of the system. */
  private static final Pattern ERROR =
      Pattern.compile("error(?:=|: )\\d+,? \\(?([^()]+?)\\)?\\s*$");

  /** The time that the processes have to end after they were asked to, in milliseconds. */
  private static final long GRACE_MILLIS = 1000;

  private ProcessTree() {}

  /** Why a program cannot be started, in words. */
  public static String reason(String program, IOException cause) {
    return "cannot run '" + program + "': " + reason(IoMessages.reason(cause));
  }

  /** Removes what Java puts before the reason of the system. */
  private static String reason(String message) {
    // JDK 17 writes "error=2, No such file or directory", JDK 25 "error: 2 (No such …) ".
    Matcher matcher = ERROR.matcher(message);
    return matcher.find() ? message.substring(matcher.start(1), matcher.end(1)) : message;
  }

  /** Ends a program and its child processes, which have a moment to do so by themselves. */
  public static void end(Process started) {
    List<ProcessHandle> all = all(started);
    all.forEach(ProcessHandle::destroy);
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GRACE_MILLIS);
    for (ProcessHandle each : all) {
      await(each, deadline - System.nanoTime());
    }
    kill(all);
    await(started.toHandle(), TimeUnit.MILLISECONDS.toNanos(GRACE_MILLIS));
  }

  /** Kills a program and its child processes at once. */
  public static void kill(Process started) {
    kill(all(started));
  }

  private static List<ProcessHandle> all(Process started) {
    List<ProcessHandle> all = new ArrayList<>(started.descendants().toList());
    all.add(started.toHandle());
    return all;
  }

  private static void kill(List<ProcessHandle> all) {
    for (ProcessHandle each : all) {
      each.descendants().forEach(ProcessHandle::destroyForcibly);
      each.destroyForcibly();
    }
  }

  private static void await(ProcessHandle process, long nanos) {
    try {
      process.onExit().get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // The process is killed next.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
