package wscope.serve;

import wscope.connection.Behaviour;
import wscope.connection.BehaviourParameters;
import wscope.connection.Timeouts;
import wscope.net.LinkLimits;
import wscope.protocol.Limits;

/**
 * The behaviour of a server and its limits.
 *
 * @param limits the limits for one client's input
 * @param timeouts the timeouts for one client
 * @param link the limits for the output queued for one client
 * @param maxConnections the maximum number of open connections; a further client gets a 503
 *     response
 * @param policy the rules for clients that connect
 * @param parameters the parameters with which a query may set the behaviour
 * @param behaviour the behaviour of connections whose query sets none
 * @param queries the effect of queries
 * @param wording the server's texts for people
 */
public record Settings(
    Limits limits,
    Timeouts timeouts,
    LinkLimits link,
    int maxConnections,
    Policy policy,
    BehaviourParameters parameters,
    Behaviour behaviour,
    Queries queries,
    Wording wording) {
  /** The defaults of the server. */
  public static final Settings DEFAULT =
      new Settings(
          Limits.SERVER,
          Timeouts.DEFAULT,
          LinkLimits.DEFAULT,
          1024,
          Policy.DEFAULT,
          BehaviourParameters.withAllFaults(),
          Behaviour.DEFAULT,
          Queries.LENIENT,
          Wording.PLAIN);
}
