package wscope.report;

/**
 * A secret in a text.
 *
 * @param name what it is, for the count
 * @param distinct whether it is searched elsewhere: false if it may be a common word
 */
record Secret(int start, int end, String name, boolean distinct) {}
