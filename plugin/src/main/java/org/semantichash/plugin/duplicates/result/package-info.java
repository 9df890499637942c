/** What searches of near-duplicates have found, kept in an index of the plugin. */
package org.semantichash.plugin.duplicates.result;
