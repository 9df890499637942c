// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * How the messages of the plugin are written, so that nodes with different versions understand
 * them.
 */
package org.semantichash.plugin.wire;
