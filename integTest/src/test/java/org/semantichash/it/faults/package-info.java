// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/** What nodes do when others die, and when clients stop halfway or come all at once. */
package org.semantichash.it.faults;
