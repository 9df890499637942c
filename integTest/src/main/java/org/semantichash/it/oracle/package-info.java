// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0

/** What the right answers are: every hit list is compared with a plain loop over all codes. */
package org.semantichash.it.oracle;
