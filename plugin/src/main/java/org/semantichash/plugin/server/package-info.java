// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * What the lines of Elasticsearch have otherwise, under one name. Each line has a source folder
 * with these classes, with the same signatures, and the build takes the folder that fits {@code
 * elasticsearch.version}. All other packages are the same for all lines.
 */
package org.semantichash.plugin.server;
