package wscope.serve;

import wscope.connection.Behaviour;
import wscope.connection.Timeouts;
import wscope.net.LinkLimits;
import wscope.protocol.Limits;

/**
 * What a server does and what it allows.
 *
 * @param limits of what one client may send
 * @param timeouts of what one client may take
 * @param link limits of what may wait for one client
 * @param maxConnections open at one time; a client beyond it is answered with HTTP 503
 * @param policy who may connect
 * @param parameters that a behaviour can be asked for with
 * @param behaviour on connections whose query asks for nothing
 * @param ignoresQueries whether queries are left to the clients' own purposes
 * @param wording what it says to people
 */
public record Settings(
    Limits limits,
    Timeouts timeouts,
    LinkLimits link,
    int maxConnections,
    Policy policy,
    BehaviourParameters parameters,
    Behaviour behaviour,
    boolean ignoresQueries,
    Wording wording) {
  /** What the server promises and does unless it is told otherwise. */
  public static final Settings DEFAULT =
      new Settings(
          Limits.SERVER,
          Timeouts.DEFAULT,
          LinkLimits.DEFAULT,
          1024,
          Policy.DEFAULT,
          BehaviourParameters.withAllFaults(),
          Behaviour.DEFAULT,
          false,
          Wording.PLAIN);
}
