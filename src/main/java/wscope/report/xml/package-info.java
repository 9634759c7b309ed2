/** Reports as XML, in the format that CI systems read. Only visible ASCII comes out. */
@NullMarked
package wscope.report.xml;

import org.jspecify.annotations.NullMarked;
