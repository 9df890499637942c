// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0

/** Models made by the trainer's own command line, in this process. */
package org.semantichash.it.model;
