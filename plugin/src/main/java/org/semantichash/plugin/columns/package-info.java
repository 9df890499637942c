/** The codes in memory: how much of it there is, which indices use it, and when they are read. */
package org.semantichash.plugin.columns;
