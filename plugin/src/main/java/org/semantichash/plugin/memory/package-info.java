// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/** Memory of searches and aggregations that counts against a circuit breaker. */
package org.semantichash.plugin.memory;
