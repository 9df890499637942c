// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * The field type {@code hash_code}: one code of a fixed width for each document, kept as binary doc
 * values of a fixed length, and nothing else.
 */
package org.semantichash.plugin.field;
