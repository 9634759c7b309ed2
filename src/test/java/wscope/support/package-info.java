/** Helpers for tests of several packages: a raw client, the sample handshake, and servers. */
package wscope.support;
