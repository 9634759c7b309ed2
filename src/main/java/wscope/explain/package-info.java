/**
 * What codes, headers, terms and the error texts of clients, servers and proxies mean. The texts
 * are resource files, which are read at the first question.
 */
@NullMarked
package wscope.explain;

import org.jspecify.annotations.NullMarked;
