/** The HTTP endpoints below {@code /_semantic_hash}. */
package org.semantichash.plugin.rest;
