// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/** The HTTP endpoints below {@code /_semantic_hash}. */
package org.semantichash.plugin.rest;
