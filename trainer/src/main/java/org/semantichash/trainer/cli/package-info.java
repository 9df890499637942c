// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/** The command line {@code semantic-hash}: one class a verb, and their shared options. */
package org.semantichash.trainer.cli;
