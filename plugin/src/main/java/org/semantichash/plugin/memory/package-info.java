/** Memory of searches and aggregations that counts against a circuit breaker. */
package org.semantichash.plugin.memory;
