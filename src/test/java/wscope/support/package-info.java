/**
 * What tests of several rooms share: a client, handshakes, and servers in this process and in
 * others.
 */
package wscope.support;
