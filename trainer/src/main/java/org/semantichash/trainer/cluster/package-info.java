// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/** Models in an Elasticsearch cluster, over HTTP. */
package org.semantichash.trainer.cluster;
