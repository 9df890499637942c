/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package org.semantichash.plugin.duplicates;

import java.io.IOException;
import org.elasticsearch.action.ActionRequest;
import org.elasticsearch.action.ActionRequestValidationException;
import org.elasticsearch.action.IndicesRequest;
import org.elasticsearch.common.io.stream.StreamInput;

/** A request that reads indices, also those of data streams, and is checked where it is made. */
public abstract class ReadRequest extends ActionRequest implements IndicesRequest {

  /** A request of this node. */
  protected ReadRequest() {}

  /** As it was written. */
  protected ReadRequest(StreamInput in) throws IOException {
    super(in);
  }

  @Override
  public final boolean includeDataStreams() {
    return true;
  }

  @Override
  public final ActionRequestValidationException validate() {
    return null;
  }
}
