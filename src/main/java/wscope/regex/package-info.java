/** What bounds the regular expressions of the user. Depends on the JDK only. */
@NullMarked
package wscope.regex;

import org.jspecify.annotations.NullMarked;
