// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.server;

import java.io.IOException;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.index.query.LeafQueryBuilder;

/**
 * A query without queries in it.
 *
 * @param <Q> the query
 */
public abstract class LeafQuery<Q extends LeafQuery<Q>> extends LeafQueryBuilder<Q> {

  protected LeafQuery() {}

  protected LeafQuery(StreamInput in) throws IOException {
    super(in);
  }
}
