/**
 * What tests of several rooms need: a client, handshakes, servers in this process and beside it.
 */
package wscope.support;
