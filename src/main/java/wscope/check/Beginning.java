package wscope.check;

/** How wscope writes its part of the opening handshake in a case. */
public sealed interface Beginning permits Opening, Reply {}
