/** Files in the jar, and what the pages made from them need. */
@NullMarked
package wscope.resource;

import org.jspecify.annotations.NullMarked;
