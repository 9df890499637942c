// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * What came of it: how well codes find documents of the same label, how the bits are used, and the
 * tables and progress lines in which people read that.
 */
package org.semantichash.trainer.report;
